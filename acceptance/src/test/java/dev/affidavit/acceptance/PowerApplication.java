package dev.affidavit.acceptance;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.LogStatistics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that records events until the power is cut, or it is told to {@link #PAUSE}. What it writes to its standard
 * output is a {@link PowerLedger}.
 */
final class PowerApplication {
    static final String PAUSE = "pause";
    static final String GO = "go";

    private static final long LOOK_NANOS = 500_000;

    /** Its threads may wait for the one that starts the framework, and on a busy machine that takes its time. */
    private final AuditLogger audit = AuditLogger.get("acceptance").withReceiptTimeout(Duration.ofMinutes(1));

    private final FileOutputStream ledger = new FileOutputStream(FileDescriptor.out);
    private final int run;
    private final int criticalEvery;
    private final long pauseNanos;
    private volatile boolean paused;

    private PowerApplication(int run, int criticalEvery, long pauseNanos) {
        this.run = run;
        this.criticalEvery = criticalEvery;
        this.pauseNanos = pauseNanos;
    }

    /** Arguments: number of the run, threads, which event of a thread is CRITICAL (0 for none), pause in microseconds. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err);
        PowerApplication application = new PowerApplication(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]) * 1000);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            int number = i;
            start(() -> application.work(number));
        }
        start(application::observe);
        for (int command = System.in.read(); command >= 0; command = System.in.read()) {
            if (command == PAUSE.charAt(0)) {
                application.paused = true;
            } else if (command == GO.charAt(0)) {
                application.paused = false;
            }
        }
        System.exit(0);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void work(int thread) {
        try {
            for (int i = 0; ; i++) {
                while (paused) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                record(thread, i);
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (AuditException e) {
            say(PowerLedger.REFUSED); // as from a device without power
        }
    }

    private void record(int thread, int number) {
        String name = EventName.of(run, thread, number);
        boolean synced = criticalEvery > 0 && number % criticalEvery == criticalEvery - 1;
        audit.record(
                synced ? EventType.SYSTEM_COMPROMISE : EventType.AUTH_SUCCESS,
                event -> event.sessionId(name).username("alice").description(description(number)));
        say(name + (synced ? PowerLedger.SYNCED : PowerLedger.WRITTEN));
    }

    /** So that it can be told what was recorded from what was not. */
    static String description(int number) {
        return "Пароль 密码 🔑\n" + "x".repeat(number * 37 % 400);
    }

    /** Says what is safe: whatever was acknowledged before a mark, once as many lines are forced as there were behind it. */
    private void observe() {
        long marked = -1;
        long unforced = -1;
        for (long mark = 0; ; mark++) {
            if (marked < 0) {
                say(PowerLedger.MARK + mark);
                marked = statistics().written();
            }
            LogStatistics now = statistics();
            if (now.forced() >= marked) {
                say(PowerLedger.SAFE);
                marked = -1;
            }
            if (now.unforced() != unforced) {
                unforced = now.unforced();
                say(PowerLedger.LAG + unforced);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static LogStatistics statistics() {
        while (AuditTrails.statistics().isEmpty()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return AuditTrails.statistics().get(0).log();
    }

    /** In one system call, so that lines of several threads do not mix. */
    private void say(String line) {
        try {
            ledger.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
