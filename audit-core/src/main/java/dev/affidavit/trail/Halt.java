package dev.affidavit.trail;

import dev.affidavit.AuditException;
import dev.affidavit.spi.ShutdownHandler;

/** Says why on standard error and halts, without shutdown hooks: they could go on working without an audit log. */
final class Halt implements ShutdownHandler {
    /** "Input/output error" of sysexits.h. */
    static final int EXIT_STATUS = 74;

    @Override
    public void shutDown(AuditException cause) {
        System.err.println(
                "Audit logging failed and onFailure is shutdown: ending the application. " + cause.getMessage());
        System.err.flush();
        Runtime.getRuntime().halt(EXIT_STATUS);
    }
}
