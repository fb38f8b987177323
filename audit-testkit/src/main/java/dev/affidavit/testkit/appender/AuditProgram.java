package dev.affidavit.testkit.appender;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.io.IOException;
import java.time.Duration;

/**
 * An application with audit, for a JVM of its own. Its arguments are what it does, one after the other: {@code record},
 * {@code load}, {@code hold} (until standard input ends). Says on standard output what came of it.
 */
public final class AuditProgram {
    static final String RECORDED = "program: recorded";
    static final String HOLDING = "program: holding";
    static final String FAILED = "program: failed: ";

    /** Long enough for a queue on a busy machine, short enough for a test of a call that fails. */
    private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(1);

    /** For threads that may wait for the one that starts the framework. */
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(1);

    private static final int LOAD_THREADS = 4;
    private static final int LOAD_EVENTS = 500;

    private AuditProgram() {}

    public static void main(String[] arguments) throws IOException {
        AuditLogger audit = AuditLogger.get("security").withReceiptTimeout(RECEIPT_TIMEOUT);
        for (String argument : arguments) {
            switch (argument) {
                case "record" -> record(audit);
                case "load" -> load();
                case "hold" -> {
                    say(HOLDING);
                    while (System.in.read() >= 0) {
                        // Until the other end closes it.
                    }
                }
                default -> throw new IllegalArgumentException(argument);
            }
        }
    }

    private static void record(AuditLogger audit) {
        String failure =
                Outcomes.messageOf(() -> audit.record(EventType.AUTH_SUCCESS, event -> event.username("alice")));
        say(failure.isEmpty() ? RECORDED : FAILED + failure);
    }

    private static void load() {
        try (Load load =
                Load.run(AuditLogger.get("security").withReceiptTimeout(LOAD_LIMIT), LOAD_THREADS, LOAD_EVENTS)) {
            say("program: %d of %d calls returned".formatted(load.returned(), LOAD_THREADS * LOAD_EVENTS));
        }
    }

    @SuppressWarnings("SystemOut") // it is how it reports
    private static void say(String what) {
        System.out.println(what);
    }
}
