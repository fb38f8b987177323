package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that are killed one after the other. Some rounds share a log, so that each one also begins with what the kill
 * before it left; every other time this process recovers the log in between.
 */
final class KillRounds {
    private static final int ROUNDS_OF_A_LOG = 10;
    private static final int KILLED = 128 + 9;
    /** In which most processes have opened the log. */
    private static final Duration OPENING = Duration.ofMillis(80);

    private static final Duration LIFE = Duration.ofMillis(60);
    private static final Duration CLOSING = Duration.ofMillis(20);

    private final KillKind kind;
    private final Path directory;
    private final long seed;
    private final KillTally tally;
    private final Random random;
    private int killed;

    KillRounds(KillKind kind, Path directory, long seed, KillTally tally) {
        this.kind = kind;
        this.directory = directory;
        this.seed = seed;
        this.tally = tally;
        this.random = new Random(seed);
    }

    /** Until so many were killed: one that is to close its log may end before it is hit. */
    void run(int kills) throws Exception {
        KilledLog log = new KilledLog(kind, directory.resolve("log"));
        for (int round = 0; killed < kills; round++) {
            if (round % ROUNDS_OF_A_LOG == 0) {
                tally.ended(log);
                log = new KilledLog(kind, directory.resolve("log-" + round));
            }
            try {
                KillLedger ledger = kill(log, directory.resolve("ledger-" + round), round);
                log.check(round, ledger);
                if (random.nextBoolean()) {
                    tally.recovered(log.recover());
                    log.check(round, ledger);
                }
            } catch (AssertionError e) {
                throw new AssertionError("%s, seed %d, round %d: %s".formatted(kind, seed, round, e.getMessage()), e);
            }
        }
        tally.ended(log);
    }

    private KillLedger kill(KilledLog log, Path ledger, int round) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ChildJvm.command(KilledMain.class, log.directory(), round, random.nextLong(), kind))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(ledger.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int choice = random.nextInt(10);
        if (choice < 3) {
            awaitBytes(process, ledger, 0);
            pause(OPENING);
        } else {
            awaitBytes(process, ledger, random.nextInt(20_000));
            pause(LIFE);
        }
        if (choice > 7) {
            process.getOutputStream().close();
            pause(CLOSING);
        }
        process.destroyForcibly();
        CrashedLog.require(process.waitFor(1, TimeUnit.MINUTES), "its end");
        KillLedger left = KillLedger.read(ledger);
        boolean ended = process.exitValue() == 0 && left.state().equals(KillLedger.CLOSED);
        CrashedLog.require(ended || process.exitValue() == KILLED, "a kill, found " + process.exitValue());
        killed += ended ? 0 : 1;
        tally.killed(left, ended);
        return left;
    }

    private static void awaitBytes(Process process, Path file, long bytes) {
        Threads.await("the other process has written", () -> file.toFile().length() > bytes || !process.isAlive());
    }

    private void pause(Duration atMost) {
        long end = System.nanoTime() + random.nextInt((int) atMost.toNanos());
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
