package dev.affidavit.spi;

import dev.affidavit.AuditException;

/**
 * The answer that an {@code AuditLogger} call waits for. Given by the sink that recorded the event, or
 * could not. Thread-safe.
 */
public interface Receipt {
    /**
     * Claims the event for {@code sink}. False if that sink has it already: a call that gets no answer is repeated, and
     * an asynchronous stage may deliver both.
     */
    boolean claim(Object sink);

    /** Gives back a claim without an answer: the sink was closed meanwhile, and the call is to be repeated. */
    void release(Object sink);

    /** The event is in the log. */
    void recorded();

    /** The event is not in the log, and the failure policy lets the application go on. */
    void lost();

    /** The event is not in the log, and the call must fail. */
    void failed(AuditException cause);
}
