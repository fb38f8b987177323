package dev.affidavit.acceptance;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that records events and says of each, on its standard output and only when the call has returned, that
 * it did. Goes on until its standard input ends, or it is killed.
 */
final class AuditedApplication {
    /** Which is forced to the device before the call returns. */
    private static final int CRITICAL_EVERY = 50;

    /** Its threads may wait for the one that starts the framework, and on a busy machine that takes its time. */
    private final AuditLogger audit = AuditLogger.get("acceptance").withReceiptTimeout(Duration.ofMinutes(1));

    private final OutputStream acknowledgements = new FileOutputStream(FileDescriptor.out);
    private final int run;
    private final int eventsPerThread;
    private final long pauseNanos;

    private AuditedApplication(int run, int eventsPerThread, long pauseNanos) {
        this.run = run;
        this.eventsPerThread = eventsPerThread;
        this.pauseNanos = pauseNanos;
    }

    /** Arguments: number of the run, threads, events per thread, pause between two events in microseconds. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err); // standard output is for acknowledgements alone
        int threads = Integer.parseInt(arguments[1]);
        AuditedApplication application = new AuditedApplication(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]) * 1000);
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread worker = new Thread(() -> application.work(number));
            worker.setDaemon(true);
            worker.start();
        }
        while (System.in.read() >= 0) {
            // until the end
        }
        System.exit(0);
    }

    private void work(int thread) {
        try {
            for (int i = 0; i < eventsPerThread; i++) {
                record(thread, i);
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    private void record(int thread, int number) throws IOException {
        String name = EventName.of(run, thread, number);
        audit.record(
                number % CRITICAL_EVERY == CRITICAL_EVERY - 1 ? EventType.SYSTEM_COMPROMISE : EventType.AUTH_SUCCESS,
                event -> event.username("user'" + thread + "\" ]\\")
                        .sessionId(name)
                        .ipAddress("192.168.1.100")
                        .port(5432)
                        .description("Пароль 密码 🔑 100%\n" + "x".repeat(number % 400)));
        // One system call of fewer bytes than a pipe may split.
        acknowledgements.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
