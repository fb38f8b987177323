package dev.affidavit.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recorded scenario through, and ends it at each step: what a killed process leaves, with the step half done too,
 * and what a power cut can leave. What is left is checked, and once in a while recovered on a disk that records, to end that
 * at each step too. A crash that leaves and demands what another did is neither checked again nor counted.
 */
final class CrashPoints {
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();
    private static final Duration LIMIT = Duration.ofHours(1);
    /** One in so many crashes is recovered so. */
    private static final int RECOVERIES = 40;

    private final CrashScenario scenario;
    private final long seed;
    private final int oneIn;
    private final int mixtures;
    private final Path scratch;
    private final CrashTally tally = new CrashTally();
    private final Set<Long> checked = ConcurrentHashMap.newKeySet();

    /**
     * Crashes at one in so many steps.
     *
     * @param mixtures how many mixtures of what was forced and what was not are tried then
     */
    CrashPoints(CrashScenario scenario, long seed, int oneIn, int mixtures, Path scratch) {
        this.scenario = scenario;
        this.seed = seed;
        this.oneIn = oneIn;
        this.mixtures = mixtures;
        this.scratch = scratch;
    }

    CrashTally play(int lines) throws Exception {
        Recording recording = record(lines);
        Threads.run(WORKERS, LIMIT, worker -> new Walk(recording, 0, worker * oneIn, WORKERS * oneIn, "").go());
        return tally;
    }

    private Recording record(int lines) throws Exception {
        TestLog.FakeClock clock = new TestLog.FakeClock();
        Recording recording = new Recording(clock);
        Path log = Files.createTempDirectory(scratch, "recorded").toRealPath();
        try (CrashRun run =
                new CrashRun(log, recording, Map.of(), clock, scenario::options, "line", new SplittableRandom(seed))) {
            scenario.open(run);
            scenario.run(run, lines);
        }
        CrashImage.delete(log);
        tally.recorded(recording);
        return recording;
    }

    /** Through one recording from its step {@code from} on; it crashes at each {@code of}th step. */
    private final class Walk {
        private final Recording recording;
        private final List<Recording.Moment> moments;
        private final int from;
        private final int share;
        private final int of;
        /** In which recovery; empty if in none. */
        private final String during;

        private final ReplayedDisk disk = new ReplayedDisk();
        private final CrashLedger ledger = new CrashLedger();
        private int done;

        Walk(Recording recording, int from, int share, int of, String during) {
            this.recording = recording;
            this.moments = recording.moments();
            this.from = from;
            this.share = share;
            this.of = of;
            this.during = during;
        }

        void go() throws Exception {
            int ofDisk = 0; // so that it does not depend on the steps between which of these are taken
            for (done = 0; done < moments.size(); done++) {
                Step next = moments.get(done).step();
                if (next instanceof Step.OfDisk && ofDisk++ % of == share && done >= from) {
                    crashBefore(next);
                }
                ledger.apply(next, disk);
                disk.apply(next, moments.get(done).at());
            }
            crashBefore(null);
        }

        private void crashBefore(@Nullable Step next) throws Exception {
            RandomGenerator random = new SplittableRandom(seed + done);
            crash(Crash.KILL, disk.afterKill(null), null, "killed");
            if (next instanceof Step.Written written) {
                for (int bytes : cuts(written.bytes().length)) {
                    Step.Written torn = written.upTo(bytes);
                    crash(Crash.KILL, disk.afterKill(torn), torn, "killed after %d bytes of a write".formatted(bytes));
                }
            }
            crash(Crash.POWER_CUT, disk.stingy(), null, "power cut, only what was forced is left");
            crash(Crash.POWER_CUT, disk.generous(), null, "power cut, all is left");
            for (int i = 0; i < mixtures; i++) {
                crash(Crash.POWER_CUT, disk.any(random), null, "power cut, mixture " + i);
            }
        }

        private void crash(Crash crash, CrashImage image, Step.@Nullable Written torn, String how) throws Exception {
            String what = "%s with seed %d%s, %s before step %d of %d"
                    .formatted(scenario, seed, during, how, done, moments.size());
            CrashPoint point = new CrashPoint(
                    scenario,
                    recording,
                    done,
                    torn,
                    disk.names(),
                    image,
                    crash,
                    ledger,
                    moments.get(Math.min(done, moments.size() - 1)).at(),
                    what);
            if (!checked.add(point.identity())) {
                return;
            }
            point.check(scratch);
            tally.count(crash, torn != null, !during.isEmpty());
            boolean recovers = during.isEmpty() && Math.floorMod(point.identity() * 31, RECOVERIES * oneIn) == 0;
            if (recovers && (crash == Crash.POWER_CUT || disk.canHaveWhatIsSeen())) {
                CrashPoint.Recovered recovered = point.recover(scratch);
                new Walk(recovered.recording(), recovered.from(), 0, 1, ", recovering from: " + how + " at " + done)
                        .go();
            }
        }
    }

    /** After how many bytes a write is torn. */
    private static Set<Integer> cuts(int length) {
        Set<Integer> cuts = new TreeSet<>(List.of(1, length / 2, length - 1));
        cuts.removeIf(cut -> cut <= 0 || cut >= length);
        return cuts;
    }
}
