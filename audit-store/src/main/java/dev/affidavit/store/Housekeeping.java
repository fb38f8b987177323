package dev.affidavit.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that keeps a log within its limits, so that no caller waits for a file to be removed: it looks after each
 * rotation, and by the clock, since an idle log grows old too. It begins with the first line of the writer and survives
 * whatever a round meets.
 */
final class Housekeeping {
    /** A round waits for the device at times; a hung one must not keep a JVM from stopping for ever. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** How long to wait for memory. */
    private static final Duration MEMORY_PAUSE = Duration.ofMillis(100);

    private final ActiveLog log;
    private final Runnable sync;
    private final Environment environment;
    private final Telling telling;
    private final HoldWatch holds;
    private final Pruning pruning;
    private final DiskReserve reserve;
    private final DiskWatch disk;
    private final FileWatch file;
    private final @Nullable SealedPruning seals;
    private final RotatedSegments rotated;
    private final AgeClock ageClock;
    private final Thread thread;

    private volatile boolean nudged;
    private volatile boolean stopping;
    /** Set if the thread did not end in time: whatever it waits for, it changes nothing more. */
    private volatile boolean abandoned;
    /** Used by the thread alone. */
    private boolean doubtTold;

    private final boolean broken;
    /** What the seals of the log were found not to agree with when it was opened. Used by the thread alone. */
    private @Nullable Tampering untold;
    /** What went wrong in the last round, used by the thread alone: the listener hears of it once. */
    private Set<String> failures = new HashSet<>();

    /** @param sync returns when all lines are on the device */
    Housekeeping(
            ActiveLog log,
            Runnable sync,
            LogDirectory directory,
            Environment environment,
            Opened opened,
            LogListener listener) {
        this.log = log;
        this.sync = sync;
        this.environment = environment;
        this.telling = new Telling(listener);
        this.rotated = opened.segments().rotated();
        this.holds = HoldWatch.open(directory, environment.disk(), telling);
        this.seals = sealedPruning(directory, environment.disk(), opened);
        SealState seal = opened.seal();
        this.untold = seal == null ? null : seal.tampering();
        this.broken = untold != null;
        this.pruning = new Pruning(
                directory, environment.disk(), rotated, log::newestSegment, telling, seals, () -> abandoned);
        this.reserve = DiskReserve.in(directory, environment.disk());
        this.disk = new DiskWatch(directory, environment.disk(), reserve, telling);
        this.file = new FileWatch(directory, telling);
        this.ageClock = new AgeClock(opened.newestLine());
        this.thread = LogThread.of("affidavit-keep " + directory.path().getFileName(), this::run);
    }

    private @Nullable SealedPruning sealedPruning(LogDirectory directory, Disk disk, Opened opened) {
        SealState seal = opened.seal();
        Sealing sealing = opened.sealing();
        return seal == null || sealing == null
                ? null
                : new SealedPruning(directory, disk, seal.logKey().verifierKey(), sealing, () -> abandoned);
    }

    void start() {
        thread.start();
    }

    /** Makes the thread look now. */
    void nudge() {
        nudged = true;
        LockSupport.unpark(thread);
    }

    /** There is a line: what waited for one can be told. */
    void firstLine() {
        if (broken) {
            nudge();
        }
    }

    HoldWatch holds() {
        return holds;
    }

    Pruning pruning() {
        return pruning;
    }

    DiskWatch disk() {
        return disk;
    }

    /** Whether a report that could not be written may find room now, since the disk was full and the reserve gave way. */
    boolean madeRoom(IOException failure) {
        return disk.isFull(failure) && reserve.giveWay();
    }

    /** Ends the thread after a last round. Stopping twice does nothing more. */
    void stop() {
        if (abandoned) {
            return;
        }
        stopping = true;
        LockSupport.unpark(thread);
        abandoned = !LogThread.awaitEnd(thread, STOP_LIMIT);
    }

    /** Once all is sealed, and after {@link #stop}: removes what was to be removed and had to be sealed before. */
    void pruneSealed() {
        if (seals == null || abandoned) {
            return;
        }
        try {
            pruning.pruneRecorded(log.options(), now());
        } catch (Throwable e) {
            // The next writer removes it. An Error too: the log must be closed.
        } finally {
            seals.close();
        }
    }

    private void run() {
        boolean last;
        do {
            awaitWork();
            last = stopping;
            try {
                if (log.written() > 0) {
                    round();
                }
            } catch (Throwable e) { // out of memory, perhaps, and too little of it to say so
                nudged = true;
                LockSupport.parkNanos(this, MEMORY_PAUSE.toNanos());
            }
        } while (!last);
        if (seals != null) {
            seals.close();
        }
    }

    private void awaitWork() {
        long start = System.nanoTime();
        while (!stopping && !(nudged && log.written() > 0)) {
            long left = environment.round().toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        nudged = false;
    }

    private void round() {
        Set<String> now = new HashSet<>();
        survive(this::tellOfBreak, now);
        survive(() -> file.look(log, rotated), now);
        survive(() -> disk.look(log.options().disk(), log.writeFailures()), now);
        survive(holds::look, now);
        survive(this::prune, now);
        failures = now;
    }

    private void tellOfBreak() {
        Tampering found = untold;
        if (found != null && telling.tell(listener -> listener.tampered(found))) {
            untold = null;
        }
    }

    private void prune() throws IOException {
        Instant now = now();
        tellOfDoubt(now);
        // What rotates meanwhile waits for the next round: a busy log must keep this thread neither from its other
        // chores nor from its end.
        int batches = stopping ? rotated.count() : 1;
        boolean more = true;
        for (int batch = 0; batch < batches && more; batch++) {
            more = pruning.prune(log.options(), now, sync);
        }
        if (more) {
            nudged = true;
        }
    }

    /** By which ages count. */
    private Instant now() {
        // In this order: time that passes between the two must not look like a clock that is behind.
        long nanos = environment.nanos().getAsLong();
        Instant wall = environment.clock().instant();
        return ageClock.now(wall, nanos, log.options().retention().maxAge());
    }

    private void tellOfDoubt(Instant believed) {
        if (ageClock.isDoubting() && !doubtTold) {
            String problem = ("%s: the clock says %s where %s was expected. Until that has stood for an hour, files are"
                            + " not removed for an age that they have by this clock alone.")
                    .formatted(log.path(), environment.clock().instant(), believed);
            telling.tell(listener -> listener.warned(problem));
        }
        doubtTold = ageClock.isDoubting();
    }

    private void survive(Chore chore, Set<String> now) {
        if (abandoned) {
            return;
        }
        try {
            chore.run();
        } catch (StoreException e) {
            // The log is closed or has failed: who asks it for anything is told.
        } catch (Throwable e) { // an Error too: limits must hold after it
            String problem = "%s: housekeeping failed: %s".formatted(log.path(), e);
            now.add(problem);
            if (!failures.contains(problem)) {
                telling.tell(listener -> listener.warned(problem));
            }
        }
    }

    private interface Chore {
        void run() throws IOException;
    }
}
