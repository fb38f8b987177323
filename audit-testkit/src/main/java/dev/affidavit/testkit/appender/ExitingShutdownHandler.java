package dev.affidavit.testkit.appender;

import dev.affidavit.AuditException;
import dev.affidavit.spi.ShutdownHandler;

/** The handler that one writes first: it exits, and so waits for every shutdown hook. */
public final class ExitingShutdownHandler implements ShutdownHandler {
    static final int STATUS = 3;

    @Override
    public void shutDown(AuditException cause) {
        System.exit(STATUS);
    }
}
