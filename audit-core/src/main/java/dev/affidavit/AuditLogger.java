package dev.affidavit;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Records audit events through the logging framework of this process, and makes sure of it: a call that returns
 * normally has its event in the log, unless the appender's failure policy is to go on without. Immutable and
 * thread-safe.
 *
 * <p>The event travels as an argument of a log call with marker {@code AUDIT}, and the appender that records it says so.
 * If no appender does - the level is too high, a filter denies it, no audit appender is configured or attached, the
 * framework was shut down or is being reconfigured - the call is repeated until the receipt time-out, and then throws
 * {@link AuditException} with the likely causes.
 */
public final class AuditLogger {
    /** Long enough for a reconfiguration and for a queue in front of the appender, short enough for a caller to bear. */
    private static final Duration DEFAULT_RECEIPT_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Duration receiptTimeout;

    private AuditLogger(String name, Duration receiptTimeout) {
        this.name = name;
        this.receiptTimeout = receiptTimeout;
    }

    /** The audit logger over the framework's logger of this name. Waits at most 5 s for a receipt. */
    public static AuditLogger get(String name) {
        return new AuditLogger(name, DEFAULT_RECEIPT_TIMEOUT);
    }

    /** The audit logger over the framework's logger of this class. */
    public static AuditLogger get(Class<?> owner) {
        return get(owner.getName());
    }

    /** The same logger with another limit for the wait for a receipt; zero: do not wait, do not repeat. */
    public AuditLogger withReceiptTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("receipt timeout: expected zero or more, found " + limit);
        }
        return new AuditLogger(name, limit);
    }

    /**
     * Records an event whose fields {@code fields} sets.
     *
     * @throws AuditException if it was not recorded, with the cause or the likely causes
     */
    public void record(EventType type, Consumer<AuditEvent.Builder> fields) {
        AuditEvent.Builder builder = AuditEvent.builder(type);
        fields.accept(builder);
        submit(builder);
    }

    /**
     * Records an event.
     *
     * @throws AuditException if it was not recorded, with the cause or the likely causes
     */
    public void record(AuditEvent event) {
        submit(event.toBuilder());
    }

    /** Begins an event; nothing is recorded before {@link Entry#log()}. */
    @CheckReturnValue
    public Entry event(EventType type) {
        return new Entry(this, type);
    }

    private void submit(EventFields<?> fields) {
        PendingReceipt receipt = new PendingReceipt();
        AuditEvent event = fields.timestampOr(Instant.now()).toEvent(receipt);
        new Submission(Backends.current(), name, event, receipt, receiptTimeout).run();
    }

    /** An event being said, ended by {@link #log()}. Not thread-safe. */
    @CheckReturnValue
    public static final class Entry extends EventFields<Entry> {
        private final AuditLogger logger;

        private Entry(AuditLogger logger, EventType type) {
            super(type);
            this.logger = logger;
        }

        @Override
        Entry self() {
            return this;
        }

        /**
         * Records the event.
         *
         * @throws AuditException if it was not recorded, with the cause or the likely causes
         */
        public void log() {
            logger.submit(this);
        }
    }
}
