package dev.affidavit.config;

/** What happens to the application when an event cannot be recorded. */
public enum OnFailure {
    /** The call fails with an exception. */
    FAIL_OPERATION,
    /** The application goes on; the loss is counted, and recorded when recording works again. */
    CONTINUE,
    /** A handler ends the application. */
    SHUTDOWN
}
