package dev.affidavit.spi;

import dev.affidavit.AuditException;

/**
 * Ends the application when {@code onFailure="shutdown"} and an event cannot be recorded. Found by ServiceLoader; without
 * one, a message goes to standard error and the JVM is halted with status 74. With that {@code onFailure}, more than one, or
 * one that cannot be loaded, is a configuration error.
 */
public interface ShutdownHandler {
    /**
     * Called for an event that was not recorded, on a thread of its own and never twice at a time, whatever the number of
     * appenders: what fails while it works only fails. So it may call {@code System.exit}, though the failing call may be
     * one of a shutdown hook.
     *
     * <p>The failing call waits for it, at most 5 s, unless it was made through an asynchronous stage; and if this
     * returns, or throws, the call fails as it does with {@code fail-operation}. What it throws is reported to the
     * framework's status. The next event that cannot be recorded leads to the next call.
     */
    void shutDown(AuditException cause);
}
