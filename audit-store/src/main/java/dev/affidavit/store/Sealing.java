package dev.affidavit.store;

import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.TreeRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that seals a log. Nobody who writes waits for it; what it cannot write it tries again, and lines are recorded
 * meanwhile.
 */
final class Sealing implements SealMarks {
    /** So long can who takes the host forge what was written before. */
    private static final Duration EPOCH = Duration.ofMinutes(10);

    /** Less than any number of lines. */
    private static final long UNREAD = -1;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** As {@link Forcer} waits for the device. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Environment environment;
    private final Sealer sealer;
    private final SealOptions opened;
    private final Telling telling;
    private final SealedLines lines;
    private final Anchoring anchoring;
    /** See {@link SealState#unread()}. */
    private final long unread;
    /** Open until all is sealed at the end, or as much as can be. */
    private final CountDownLatch sealedLast = new CountDownLatch(1);

    private final Thread thread;
    private final ConcurrentLinkedQueue<SealEvent> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<FutureTask<Void>> orders = new ConcurrentLinkedQueue<>();

    private volatile boolean news;
    /** Whether a checkpoint is due as soon as there are lines for it. Set by this thread, read by the forcing one. */
    private volatile boolean markWanted = true;

    /** Whether lines are to be kept from the next moment on, be there new ones or not. Set by this thread, taken back by the forcing one. */
    private volatile boolean keepWanted;
    /** Whether {@link SealedLines} is: each event may be what this thread waits for then. */
    private volatile boolean behind;

    private volatile SealStatistics statistics;
    /** The log, from its start on. */
    private volatile @Nullable ActiveLog log;

    private volatile Runnable askForMark = () -> {};

    /** Set when no line comes any more. */
    private volatile boolean finishing;

    private volatile boolean stopping;

    // Of the forcing thread alone.
    /** How many lines this writer had written at the last mark. */
    private long marked;
    /** How many of its lines it was told to be on the device. */
    private long told;

    // Of this thread alone.
    private final List<TreeRange> marks = new ArrayList<>();
    /** How many lines the log had when it was opened; {@link #UNREAD} until they are read. */
    private long before;
    /** The lines behind so many are kept, to go on with them once those before are read; {@link #UNREAD} if none are. */
    private long keptBehind = UNREAD;

    private long forced;
    private long sealedAt;
    private long epochBegan;
    private @Nullable String problem;
    private long problemAt;

    Sealing(LogDirectory directory, Environment environment, SealState state, Telling telling) {
        this.environment = environment;
        this.telling = telling;
        this.opened = state.options();
        this.sealer = new Sealer(directory, environment, state);
        this.unread = state.unread();
        this.before = state.isRead() ? state.found().size() : UNREAD;
        this.lines = new SealedLines(state.isRead() ? state.found() : null, state.opened(), this::hear);
        this.forced = before;
        this.behind = !state.isRead();
        this.news = !state.isRead() || !state.behind().isEmpty();
        this.statistics = new SealStatistics(state.sealed(), state.epoch());
        this.thread = LogThread.of("affidavit-seal " + directory.path().getFileName(), this::run);
        long now = now();
        this.epochBegan = now;
        this.anchoring = new Anchoring(telling, state.found().size(), now);
        this.sealedAt = now;
    }

    /** Where lines are hashed. */
    StoredLines lines() {
        return lines;
    }

    SealStatistics statistics() {
        return statistics;
    }

    /** @param askForMark makes the forcing thread look whether {@link #isDue} */
    void start(ActiveLog opened, Runnable askForMark) {
        log = opened;
        this.askForMark = askForMark;
        thread.start();
    }

    /** Makes the thread look at the options again: they may want a checkpoint sooner. */
    void nudge() {
        LockSupport.unpark(thread);
    }

    /**
     * Seals what is on the device, after the forcing thread has ended, and ends the thread.
     *
     * @param sealed is run when all is sealed, and before the thread ends
     */
    void stop(Runnable sealed) {
        finishing = true;
        LockSupport.unpark(thread);
        boolean inTime = LogThread.await(sealedLast, STOP_LIMIT);
        if (inTime) {
            sealed.run();
        }
        stopping = true;
        LockSupport.unpark(thread);
        if (!LogThread.awaitEnd(thread, inTime ? STOP_LIMIT : RETRY)) {
            telling.tell(
                    to -> to.warned("the log is closed, but its last lines could not be sealed within " + STOP_LIMIT));
        }
    }

    @Override
    public boolean isDue(long forcedLines) {
        return keepWanted || (markWanted && forcedLines > marked);
    }

    @Override
    public void forceBegins(long written, LineRing ring) {
        if (keepWanted || (markWanted && written > marked)) {
            ring.prepare(to -> lines.mark());
            keepWanted = false; // before the mark is there: who wants another from now on gets it
            ring.publish();
            marked = written;
        }
    }

    @Override
    public boolean awaits(long forcedLines) {
        return marked > told && forcedLines >= marked;
    }

    @Override
    public void forced(long forcedLines, LineRing ring) {
        ring.add(to -> lines.forced(forcedLines));
        told = forcedLines;
    }

    /** For those who hash. */
    private void hear(SealEvent event) {
        events.add(event);
        if (behind || event instanceof SealEvent.Forced || event instanceof SealEvent.Begun) {
            news = true;
            LockSupport.unpark(thread);
        }
    }

    /**
     * States that retention lets these segments go. The statement is on the device when this returns.
     *
     * @throws IOException if that cannot be done, or not within {@code limit}
     */
    void record(List<PrunedSegment> pruned, Duration limit) throws IOException {
        FutureTask<Void> order = new FutureTask<>(() -> {
            sealer.record(pruned);
            return null;
        });
        orders.add(order);
        LockSupport.unpark(thread);
        try {
            order.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("what retention lets go cannot be recorded in the seal: " + e.getCause(), e);
        } catch (TimeoutException e) {
            orders.remove(order);
            throw new IOException("what retention lets go was not recorded in the seal within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while what retention lets go was recorded in the seal", e);
        }
    }

    private void run() {
        while (!stopping) {
            awaitWork();
            boolean last = finishing;
            boolean more = false;
            try {
                more = round(last);
                problem = null;
            } catch (Throwable e) { // an Error too: seals must go on after it
                survive(e);
            }
            if (more) {
                news = true;
            } else if (last) {
                sealedLast.countDown();
            }
        }
        close();
    }

    private void awaitWork() {
        while (!stopping && !isToFinish() && !news && orders.isEmpty()) {
            long left = nanosToNextWork();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
        }
        news = false;
    }

    private boolean isToFinish() {
        return finishing && sealedLast.getCount() > 0;
    }

    private long nanosToNextWork() {
        if (problem != null) {
            return problemAt + RETRY.toNanos() - System.nanoTime();
        }
        long now = now();
        long next = epochBegan + EPOCH.toNanos() - now;
        if (!markWanted) {
            next = Math.min(next, sealedAt + options().interval().toNanos() - now);
        }
        return Math.min(next, anchoring.nanosToNext(now, options().anchorInterval()));
    }

    /** Takes a step. Tells whether there is more to be done. */
    private boolean round(boolean last) throws IOException {
        long epoch = sealer.epoch();
        boolean more = before == UNREAD ? readFound(last) : sealWritten(last);
        if (sealer.epoch() > epoch) {
            epochBegan = now();
        } else if (hasPassed(EPOCH, epochBegan)) {
            sealer.succeed();
            epochBegan = now();
        }
        statistics = new SealStatistics(sealer.sealedLines(), sealer.epoch());
        if (!markWanted && hasPassed(options().interval(), sealedAt)) {
            markWanted = true;
            askForMark.run();
        }
        anchoring.becomeDue(now(), options().anchorInterval());
        // Not each, while files are caught up with; but who always lags behind records some too.
        if (!last && (!more || anchoring.isSilentFor(options().interval(), now()))) {
            anchoring.record(now());
        }
        for (FutureTask<Void> order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        return more;
    }

    /**
     * Seals what the log had when it was opened, if that was too much to be read then. Tells whether there is more; who closes the
     * log does not wait for it, the next writer goes on.
     */
    private boolean readFound(boolean last) throws IOException {
        if (sealer.follow(Long.MAX_VALUE, this::segmentSealed)) { // they were forced when the log was opened
            return !last;
        }
        TreeRange found = sealer.readBytes(unread);
        if (found != null) {
            checkpointOver(found);
            before = found.size();
            forced = before;
            lines.keep();
            keepWanted = true;
            askForMark.run();
        }
        return found != null || !last;
    }

    /** Seals what was written since. Tells whether there is more. */
    private boolean sealWritten(boolean last) throws IOException {
        hearAll();
        ActiveLog written = log;
        if (last && written != null && written.forceFailure() == null) {
            lines.mark(); // nobody else hashes any more
            hearAll();
            forced = before + lines.told();
        }
        boolean joins = keptBehind != UNREAD && keptBehind <= forced;
        if (sealer.follow(joins ? keptBehind : forced, this::segmentSealed)) {
            return true;
        }
        if (joins) {
            TreeRange read = sealer.read(keptBehind);
            if (read != null) {
                checkpointOver(read);
                lines.goOnBehind(keptBehind - before, read);
                keptBehind = UNREAD;
                keepWanted = true; // the last line may have been marked before
                askForMark.run();
            }
            return true;
        }
        checkpoint();
        return false;
    }

    private void checkpointOver(TreeRange read) throws IOException {
        if (read.size() > sealer.sealedLines()) {
            anchoring.sealed(sealer.checkpoint(read), read.size());
            checkpointMade();
        }
    }

    private void checkpointMade() {
        sealedAt = now();
        markWanted = sealer.boundaries().next() != null; // which was asked for behind the mark of this checkpoint
        if (markWanted) {
            askForMark.run();
        }
    }

    private void hearAll() {
        // Taken off when it is heard: none is forgotten for want of memory.
        for (SealEvent event = events.peek(); event != null; event = events.peek()) {
            hearOne(event);
            events.poll();
        }
    }

    private void hearOne(SealEvent event) {
        if (event instanceof SealEvent.Begun begun) {
            sealer.boundaries().begun(begun.segment(), before + begun.lines(), begun.before());
            markWanted = true;
            askForMark.run(); // its lines may have been forced before this was heard
        } else if (event instanceof SealEvent.Moved moved) {
            sealer.boundaries().moved(moved.from(), moved.count(), moved.to());
        } else if (event instanceof SealEvent.Marked mark) {
            marks.add(mark.lines());
            behind = false;
        } else if (event instanceof SealEvent.Forced told) {
            forced = Math.max(forced, before + told.lines());
        } else if (event instanceof SealEvent.Kept kept) {
            keptBehind = before + kept.lines();
        }
    }

    /** Over the last mark that is on the device. */
    private void checkpoint() throws IOException {
        TreeRange newest = null;
        while (!marks.isEmpty() && marks.get(0).size() <= forced) {
            newest = marks.remove(0);
        }
        if (newest == null || newest.size() <= sealer.sealedLines()) {
            return;
        }
        try {
            anchoring.sealed(sealer.checkpoint(newest), newest.size());
            checkpointMade();
        } catch (Throwable e) { // an Error too: it is due again
            marks.add(0, newest);
            throw e;
        }
    }

    private void segmentSealed(SignedNote last) {
        sealedAt = now();
        anchoring.segmentSealed(last, sealer.sealedLines());
        ActiveLog written = log;
        if (written != null) {
            written.newsForHousekeeping(); // the segment may be removed from now on
        }
    }

    private void survive(Throwable failure) {
        try {
            failed(failure);
        } catch (Throwable e) { // out of memory, perhaps, and too little of it to say so
            LockSupport.parkNanos(this, RETRY.toNanos());
            news = true;
        }
    }

    private void failed(Throwable e) {
        problemAt = System.nanoTime();
        String now =
                "%s: the seal cannot be written: %s. Lines are recorded meanwhile, and sealed when that works again."
                        .formatted(log == null ? "the log" : log.path(), e);
        if (!now.equals(problem)) {
            telling.tell(to -> to.warned(now));
        }
        problem = now;
    }

    private void close() {
        try {
            sealer.close();
        } catch (IOException e) {
            // All that was written was forced.
        }
    }

    private SealOptions options() {
        ActiveLog written = log;
        SealOptions now = written == null ? null : written.options().seal();
        return now == null ? opened : now;
    }

    private boolean hasPassed(Duration time, long since) {
        return now() - since >= time.toNanos();
    }

    private long now() {
        return environment.nanos().getAsLong();
    }
}
