package dev.affidavit.acceptance;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/** Records three CRITICAL events under Log4j, reconfigures it, records another, and says what came of each. */
final class RefusedForceApplication {
    private RefusedForceApplication() {}

    public static void main(String[] arguments) {
        System.out.println("first: " + record(EventType.SYSTEM_COMPROMISE));
        System.out.println("second: " + record(EventType.SYSTEM_COMPROMISE));
        System.out.println("third: " + record(EventType.SYSTEM_COMPROMISE));
        ((LoggerContext) LogManager.getContext(false)).reconfigure();
        System.out.println("after reconfiguration: " + record(EventType.AUTH_SUCCESS));
        System.exit(0);
    }

    private static String record(EventType type) {
        try {
            AuditLogger.get("security").event(type).log();
            return "recorded";
        } catch (AuditException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
