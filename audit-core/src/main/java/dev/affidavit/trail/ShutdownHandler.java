package dev.affidavit.trail;

import dev.affidavit.AuditException;

/** Ends the application when {@code onFailure="shutdown"} and an event cannot be recorded. */
interface ShutdownHandler {
    /** The exit status of an application that was ended so: "input/output error" of sysexits.h. */
    int EXIT_STATUS = 74;

    /** Says why on standard error and halts, without shutdown hooks: they could go on working without an audit log. */
    ShutdownHandler HALT = cause -> {
        System.err.println(
                "Audit logging failed and onFailure is shutdown: ending the application. " + cause.getMessage());
        System.err.flush();
        Runtime.getRuntime().halt(EXIT_STATUS);
    };

    void shutDown(AuditException cause);
}
