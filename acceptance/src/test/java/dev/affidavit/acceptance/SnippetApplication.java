package dev.affidavit.acceptance;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;

/** An application that records one event under the configuration it is started with. */
final class SnippetApplication {
    private SnippetApplication() {}

    /** Ends with status 0 if the event was recorded. */
    public static void main(String[] arguments) {
        try {
            AuditLogger.get("security")
                    .event(EventType.AUTH_SUCCESS)
                    .username("alice")
                    .log();
            System.exit(0);
        } catch (AuditException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
