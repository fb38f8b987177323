package dev.affidavit.spi;

import dev.affidavit.AuditException;

/**
 * Ends the application when {@code onFailure="shutdown"} and an event cannot be recorded. Found by ServiceLoader; without
 * one, a message goes to standard error and the JVM is halted with status 74. More than one is a configuration error.
 */
public interface ShutdownHandler {
    /**
     * Called on the thread that could not record, once for each event that was not recorded; may return, and the call then
     * fails as it does with {@code fail-operation}.
     */
    void shutDown(AuditException cause);
}
