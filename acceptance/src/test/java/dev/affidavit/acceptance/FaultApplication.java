package dev.affidavit.acceptance;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Records the same events each time, in both durabilities, waits now and then until they are delivered, and stops in order.
 * Says of each event, on its standard output, what its caller was told.
 */
final class FaultApplication {
    static final int EVENTS = 18;
    /** The event that the destination refuses. */
    static final int UNWELCOME = 7;

    static final String RECORDED = "recorded ";
    static final String TOLD = "told ";
    static final String STOPPED = "stopped";

    private static final int DELIVERED_EVERY = 6;
    /** Longer than a forwarder waits before its first tries; then the script goes on without it. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final AuditLogger audit = AuditLogger.get("acceptance");
    private final FileOutputStream ledger = new FileOutputStream(FileDescriptor.out);
    private final int run;

    private FaultApplication(int run) {
        this.run = run;
    }

    /** Argument: number of the run. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err);
        FaultApplication application = new FaultApplication(Integer.parseInt(arguments[0]));
        for (int number = 0; number < EVENTS; number++) {
            application.record(number);
            if (number % DELIVERED_EVERY == DELIVERED_EVERY - 1) {
                awaitDelivery();
            }
        }
        application.say(STOPPED);
        System.exit(0);
    }

    private void record(int number) throws IOException {
        String name = EventName.of(run, 0, number);
        try {
            audit.record(
                    number % 3 == 2 ? EventType.SYSTEM_COMPROMISE : EventType.AUTH_SUCCESS,
                    event -> event.sessionId(name).username("alice").description(description(number)));
        } catch (AuditException e) {
            say(TOLD + name + " " + String.valueOf(e.getMessage()).replace('\n', ' '));
            return;
        }
        say(RECORDED + name);
    }

    /** So that it can be told what was recorded from what was not. */
    static String description(int number) {
        return number == UNWELCOME ? NotebookProvider.UNWELCOME : "Пароль 密码 🔑\n" + "x".repeat(number * 37 % 200);
    }

    private static void awaitDelivery() {
        long start = System.nanoTime();
        while (lag() > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long lag() {
        return AuditTrails.statistics().stream()
                .map(TrailStatistics::forwarders)
                .mapToLong(forwarders -> forwarders.stream()
                        .mapToLong(ForwarderStatistics::lagBytes)
                        .sum())
                .sum();
    }

    private void say(String line) throws IOException {
        ledger.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
