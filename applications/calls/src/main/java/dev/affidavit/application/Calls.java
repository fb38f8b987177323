package dev.affidavit.application;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.io.IOException;
import java.time.Duration;

/** Makes calls, and says of each on standard output what came of it. The description of an event is its call's name. */
public final class Calls {
    /** Of calls that may come too early or too late: long enough to record, too short for a test to wait for. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(PATIENCE);

    private Calls() {}

    /** Makes a call. Whatever exception comes of it ends here. */
    public static void make(String name, Runnable call) {
        try {
            call.run();
            say("returned: " + name);
        } catch (RuntimeException e) {
            boolean isAudit = e instanceof AuditException || e.getCause() instanceof AuditException;
            say("%s: %s: %s".formatted(isAudit ? "refused" : "broken", name, e.getMessage()));
        }
    }

    /** Records that the application has come this far. */
    public static void step(String name) {
        make(name, () -> AUDIT.record(EventType.of("STEP"), event -> event.description(name)));
    }

    /** Waits until standard input ends, so that whoever started the application says when it goes on. */
    public static void awaitEndOfInput() {
        say("waiting");
        try {
            while (System.in.read() >= 0) {
                // until the end
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says something that is no outcome of a call. */
    @SuppressWarnings("SystemOut") // it is how an application reports
    public static void say(String what) {
        System.out.println("application: " + what.replace('\n', ' '));
    }
}
