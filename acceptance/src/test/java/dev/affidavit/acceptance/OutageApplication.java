package dev.affidavit.acceptance;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.forward.SimulatedEngine;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.statistics.AuditTrails;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An application under load whose receiver goes away for an hour of simulated time: the hour passes with the events that it
 * records. Each line on its standard input is a command; it answers with figures, a name and a number on a line of standard
 * output, and with the command at last. Ends when its standard input does.
 */
final class OutageApplication {
    static final String RECORD_BEFORE = "record-before";
    static final String RECORD_BACKLOG = "record-backlog";
    static final String DRAIN = "drain";
    /** Events that are recorded while the receiver is there. */
    static final int BEFORE = 1000;

    private static final Duration OUTAGE = Duration.ofHours(1);
    /** The longest wait between two attempts: an operator waits for so long, and sees that it works again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final int THREADS = 2;
    private static final int SAMPLES = 10;
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    /** Its threads may wait for the one that starts the framework, and on a busy machine that takes its time. */
    private final AuditLogger audit = AuditLogger.get("acceptance").withReceiptTimeout(Duration.ofMinutes(1));

    private final PrintStream answers =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger recorded = new AtomicInteger();
    private final int backlog;

    private OutageApplication(int backlog) {
        this.backlog = backlog;
    }

    /** Argument: how many events to record while the receiver is away. */
    public static void main(String[] arguments) throws Exception {
        OutageApplication application = new OutageApplication(Integer.parseInt(arguments[0]));
        System.setOut(System.err); // standard output is for answers alone
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                application.obey(command);
                application.answers.println(command);
            }
        }
        System.exit(0);
    }

    private void obey(String command) {
        long from = System.nanoTime();
        switch (command) {
            case RECORD_BEFORE -> record(BEFORE, Duration.ZERO);
            case RECORD_BACKLOG -> {
                record(BEFORE + backlog, OUTAGE.dividedBy(backlog));
                figure("failures", soc().failures());
                figure("lagSeconds", lagSeconds());
                figure("lagBytes", soc().lagBytes());
            }
            case DRAIN -> drain();
            default -> throw new IllegalArgumentException(command);
        }
        figure(command + "-millis", Duration.ofNanos(System.nanoTime() - from).toMillis());
    }

    /** Records events until there are so many of them, and lets time pass with each. */
    private void record(int upTo, Duration perEvent) {
        int from = recorded.get();
        for (int i = 0; i < THREADS; i++) {
            start(() -> work(upTo, perEvent));
        }
        for (int sample = 1; sample <= SAMPLES; sample++) {
            long due = from + (long) (upTo - from) * sample / SAMPLES;
            while (recorded.get() < due) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (!perEvent.isZero()) {
                figure("heap", liveHeap());
            }
        }
        next.set(upTo); // each thread has taken one number more than there are
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void work(int upTo, Duration perEvent) {
        try {
            for (int number = next.getAndIncrement(); number < upTo; number = next.getAndIncrement()) {
                record(number);
                SimulatedEngine.pass(perEvent);
                recorded.incrementAndGet();
            }
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    private void record(int number) {
        audit.record(
                EventType.SELECT,
                event -> event.username("alice")
                        .sessionId(EventNumber.text(number))
                        .ipAddress("192.168.1.100")
                        .port(5432)
                        .description("SELECT on accounts")
                        .detail("rows", number % 100));
    }

    private void drain() {
        start(() -> SimulatedEngine.pass(LONGEST_WAIT));
        long all = soc().lagBytes();
        for (long left = all, due = all; left != 0; left = soc().lagBytes()) {
            if (left <= due) {
                figure("heap", liveHeap());
                due = left - all / SAMPLES;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        figure("heap", liveHeap());
        figure("delivered", soc().delivered());
    }

    private static ForwarderStatistics soc() {
        return AuditTrails.statistics().get(0).forwarders().get(0);
    }

    private static long lagSeconds() {
        Duration lag = soc().lag();
        return lag == null ? 0 : lag.toSeconds();
    }

    /** What lives after a full collection. */
    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private void figure(String name, long value) {
        answers.println(name + " " + value);
    }
}
