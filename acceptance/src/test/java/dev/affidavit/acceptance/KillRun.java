package dev.affidavit.acceptance;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** An application that is killed and started again, on one log and with one rsyslog, and what came of its events. */
final class KillRun {
    private static final Duration SOON = Duration.ofMinutes(2);
    static final int THREADS = 4;
    /** Four threads then record a few thousand events a second, so that a campaign stays small enough to be compared. */
    private static final int PAUSE_MICROS = 300;

    private static final long LONGEST_LIFE_NANOS = Duration.ofMillis(600).toNanos();

    private final Framework framework;
    private final Path directory;
    private final RandomGenerator random;
    private final boolean encrypted;
    private final Ledger ledger;

    KillRun(Framework framework, Path directory, RandomGenerator random, boolean encrypted) {
        this.framework = framework;
        this.directory = directory;
        this.random = random;
        this.encrypted = encrypted;
        this.ledger = new Ledger(directory.resolve("ledger"));
    }

    Outcome kill(int times) throws IOException {
        try (RsyslogServer rsyslog = RsyslogServer.start(Files.createDirectory(directory.resolve("rsyslog")))) {
            for (int run = 0; run < times; run++) {
                live(rsyslog, run);
            }
            deliverTheRest(rsyslog, times);
            return Outcome.of(ledger, content(), rsyslog.messages());
        }
    }

    private void live(RsyslogServer rsyslog, int run) throws IOException {
        long before = ledger.bytes();
        try (ChildJvm child = start(rsyslog, run, Integer.MAX_VALUE)) {
            Deadline.await(
                    "an event of run " + run + "; see " + errors(),
                    SOON,
                    () -> ledger.bytes() > before || !child.isAlive());
            long end = System.nanoTime() + random.nextLong(LONGEST_LIFE_NANOS);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            requireAlive(child);
            child.kill();
        }
    }

    /** One more start, in which nothing but the forwarder has to work. */
    private void deliverTheRest(RsyslogServer rsyslog, int run) throws IOException {
        int before = ledger.size();
        try (ChildJvm child = start(rsyslog, run, 1)) {
            Deadline.await("the last events", SOON, () -> ledger.size() == before + THREADS || !child.isAlive());
            requireAlive(child);
            awaitEveryLine(rsyslog); // before it ends: it does not wait for long then
            child.closeInput();
            child.awaitExit(SOON);
            awaitEveryLine(rsyslog); // AUDIT_LOG_STOPPED, and a checkpoint that came late
        }
    }

    private void awaitEveryLine(RsyslogServer rsyslog) throws IOException {
        long lines = content().lines().count();
        Deadline.await(lines + " different messages", SOON, () -> new HashSet<>(rsyslog.messages()).size() >= lines);
    }

    private void requireAlive(ChildJvm child) throws IOException {
        if (!child.isAlive()) {
            throw new AssertionError("the application ended by itself: " + Files.readString(errors()));
        }
    }

    private String content() throws IOException {
        Path log = directory.resolve("log");
        return encrypted ? EncryptedLog.content(log) : LogFiles.content(log);
    }

    private ChildJvm start(RsyslogServer rsyslog, int run, int eventsPerThread) throws IOException {
        ChildJvm.Builder application = framework.application(directory, "256KB", rsyslog.port());
        if (encrypted) {
            framework.encrypt(directory, EncryptedLog.keyFile(directory.resolve("writer")), EncryptedLog.KEY_ID);
        }
        return application
                .argument(run)
                .argument(THREADS)
                .argument(eventsPerThread)
                .argument(PAUSE_MICROS)
                .start(ledger.file(), errors());
    }

    private Path errors() {
        return directory.resolve("errors");
    }
}
