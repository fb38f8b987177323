package dev.affidavit.store;

import dev.affidavit.store.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** What the callers of a log do, and what the clock, the disk and an operator do meanwhile. */
final class CrashCallers {
    /** Lines that arrive while a force runs. */
    static final int MEANWHILE = 10;

    private static final int CALLERS = 3;

    private CrashCallers() {}

    private static Durability any(RandomGenerator random) {
        return random.nextInt(5) == 0 ? Durability.SYNCED : Durability.WRITTEN;
    }

    /** Some are as long as a page of the file. */
    private static int anyLength(RandomGenerator random) {
        return random.nextInt(4) == 0 ? 1_000 + random.nextInt(3_000) : 30 + random.nextInt(300);
    }

    private static void append(CrashRun run, Durability durability) {
        run.append(anyLength(run.random), durability);
        run.awaitForces();
    }

    private static void appendAny(CrashRun run) {
        append(run, any(run.random));
    }

    static void write(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            append(run, Durability.WRITTEN);
        }
    }

    static void sync(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            append(run, Durability.SYNCED);
        }
    }

    static void doBothAsTimePasses(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            run.clock.pass(Duration.ofSeconds(1 + run.random.nextInt(30)));
            appendAny(run);
        }
    }

    /** Every tenth is longer than a segment. */
    static void doBothWithLongLines(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            run.append(i % 10 == 9 ? 6_000 + run.random.nextInt(8_000) : 500, any(run.random));
            run.awaitForces();
        }
    }

    static void doBothAtOnce(CrashRun run, int lines) throws Exception {
        long seed = run.random.nextLong();
        Threads.run(CALLERS, caller -> {
            RandomGenerator random = new SplittableRandom(seed + caller);
            for (int i = 0; i < lines / CALLERS; i++) {
                run.append(anyLength(random), any(random));
            }
        });
    }

    static void writeAtTimes(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            run.append(anyLength(run.random), Durability.WRITTEN);
            if (run.random.nextInt(4) == 0) {
                run.awaitForces(1);
            }
        }
    }

    static void writeDuringForces(CrashRun run, int lines) throws InterruptedException {
        int due = run.log().options().forceAfterLines();
        for (int i = 0; i < lines; i += due + MEANWHILE) {
            run.faults.holdForces();
            for (int j = 0; j < due; j++) {
                run.append(anyLength(run.random), Durability.WRITTEN);
            }
            run.faults.awaitHeldForce();
            for (int j = 0; j < MEANWHILE; j++) {
                run.append(anyLength(run.random), Durability.WRITTEN);
            }
            run.faults.releaseForces();
            run.log().sync();
        }
    }

    static void doBothUnderHold(CrashRun run, int lines) throws IOException {
        Path hold = run.directory.resolve(".affidavit/holds/case");
        for (int i = 0; i < lines; i++) {
            appendAny(run);
            if (i == lines / 4) {
                LegalHolds.of(run.directory).place("case", "why");
                run.disk.wasPlacedOrRemoved(hold);
            }
            if (i == lines / 2) {
                LegalHolds.of(run.directory).release("case");
                run.disk.wasPlacedOrRemoved(hold);
            }
        }
    }

    static void doBothAndForward(CrashRun run, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            appendAny(run);
            if (i % 4 == 3) {
                run.forward("soc", 1 + run.random.nextInt(8));
            }
        }
    }

    static void fillTheDisk(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            if (i % 15 == 10) {
                run.faults.leaveFree(run.random.nextInt(2_000));
            } else if (i % 15 == 0) {
                run.faults.heal();
            }
            try {
                appendAny(run);
            } catch (StoreException full) {
                // So the caller was told.
            }
        }
        run.faults.heal();
    }

    static void meetARefusedForce(CrashRun run, int lines) throws IOException {
        IntSupplier left = refuseOne(run, Operation.FORCE, 1 + lines / 5);
        for (int i = 0; i < lines || left.getAsInt() > 0; i++) {
            appendAny(run);
            if (i % 5 == 2) {
                run.forward("soc", 4);
            }
        }
    }

    static void meetARefusedForceOfNames(CrashRun run, int lines) {
        IntSupplier left = refuseOne(run, Operation.FORCE_DIRECTORY, 1 + lines / 8);
        for (int i = 0; i < lines || left.getAsInt() > 0; i++) {
            appendAny(run);
        }
    }

    /** Returns how many of the operation are to come until one is refused. */
    private static IntSupplier refuseOne(CrashRun run, Operation operation, int atMost) {
        int nth = 1 + run.random.nextInt(atMost);
        int refused = run.faults.count(operation) + nth;
        run.faults.failOnly(operation, nth, "Input/output error");
        return () -> refused - run.faults.count(operation);
    }

    static void meetADeadDevice(CrashRun run, int lines) {
        run.faults.failFrom(Operation.FORCE, lines / 4 + run.random.nextInt(1 + lines / 5), "Input/output error");
        try {
            while (true) {
                appendAny(run);
            }
        } catch (StoreException dead) {
            // So the caller was told.
        }
    }

    /** What was written without a seal is sealed at the next start. */
    static void sealLater(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            if (i == lines / 2) {
                run.close();
                run.open();
            }
            appendAny(run);
        }
    }

    static void restart(CrashRun run, int lines) {
        for (int i = 0; i < lines; i++) {
            appendAny(run);
            if (run.random.nextInt(6) == 0) {
                run.close();
                run.clock.pass(Duration.ofMinutes(run.random.nextInt(90)));
                run.open();
            }
        }
    }
}
