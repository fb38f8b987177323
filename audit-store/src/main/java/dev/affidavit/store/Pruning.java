package dev.affidavit.store;

import dev.affidavit.store.Retention.Hindrance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes the segments that retention lets go, in this order: the listener records it, the record is forced to the
 * device, the files are unlinked, the directory is forced. So no file is ever gone without a line that says why. Used by
 * one thread, but for the counts.
 */
final class Pruning {
    private final LogDirectory directory;
    private final Disk disk;
    private final RotatedSegments rotated;
    private final LegalHolds holds;
    private final PoisonedSegments poisoned;
    private final Supplier<SegmentName> newest;
    private final Telling telling;
    private final @Nullable SealedPruning seals;
    private final BooleanSupplier abandoned;

    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Segments that a line already says are removed, and that are still there. */
    private final Set<String> recorded = new HashSet<>();
    /** Segments of which the listener heard that they cannot be removed. */
    private final Set<String> stuck = new HashSet<>();
    /** Whether a segment of which the device refused a force is gone, and may come back. */
    private boolean refusedUnforced;
    /** Whether the listener hears nothing any more. */
    private boolean quiet;
    /** Those of which the listener heard since the limits were last kept. */
    private final Set<Hindrance> hindrances = new HashSet<>();

    /**
     * @param newest gives the newest segment, which is not one of those {@code rotated}
     * @param seals what the log's seals need; null if it has none
     * @param abandoned whether nothing may be removed any more
     */
    Pruning(
            LogDirectory directory,
            Disk disk,
            RotatedSegments rotated,
            Supplier<SegmentName> newest,
            Telling telling,
            @Nullable SealedPruning seals,
            BooleanSupplier abandoned) {
        this.directory = directory;
        this.disk = disk;
        this.rotated = rotated;
        this.holds = new LegalHolds(directory);
        this.poisoned = new PoisonedSegments(directory);
        this.newest = newest;
        this.telling = telling;
        this.seals = seals;
        this.abandoned = abandoned;
    }

    /** How many segments were removed. */
    long removed() {
        return removed.get();
    }

    /** How many of them a pinning cursor had not passed. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Removes what is beyond the limits, up to {@link Retention#MAX_REMOVALS_AT_ONCE}.
     *
     * @param now by which ages count
     * @param sync returns when everything appended so far is on the device
     * @return whether there may be more to remove at once
     */
    boolean prune(LogOptions options, Instant now, Runnable sync) throws IOException {
        Retention.Plan plan = plan(options, now);
        tell(plan.hindrance());
        List<Removal> removals = plan.removals();
        return !removals.isEmpty() && record(removals, sync) && removeSealed(removals, options);
    }

    /**
     * Removes what lines on the device already say is removed, and what could not be removed then. Records nothing, and tells
     * nobody.
     */
    void pruneRecorded(LogOptions options, Instant now) throws IOException {
        quiet = true;
        List<Removal> removals = plan(options, now).removals().stream()
                .takeWhile(removal -> recorded.contains(removal.segment()))
                .toList();
        if (!removals.isEmpty()) {
            removeSealed(removals, options);
        }
    }

    /** Whether those at the head that their seals let go are gone, and there were any. */
    private boolean removeSealed(List<Removal> removals, LogOptions options) throws IOException {
        List<Removal> ready = seals == null ? removals : seals.letGo(removals, options.forceTimeout());
        return !ready.isEmpty() && remove(ready);
    }

    private Retention.Plan plan(LogOptions options, Instant now) {
        RetentionLimits limits = options.retention();
        Pins pins = Pins.read(directory, limits.pinnedBy(), newest);
        return new Retention(limits, pins, holds.isHeld(), now).plan(rotated, options.maxSegmentBytes());
    }

    private void tell(@Nullable Hindrance hindrance) {
        RotatedSegment oldest = rotated.oldest();
        if (hindrance == null || oldest == null) {
            hindrances.clear();
        } else if (hindrances.add(hindrance)) {
            String problem = "%s: more is kept than the limits allow, %d files of %d bytes: %s is %s"
                    .formatted(
                            directory.path(),
                            rotated.count() + 1,
                            rotated.bytes(),
                            oldest.name().fileName(),
                            hindrance.reason());
            telling.tell(listener -> listener.warned(problem));
        }
    }

    /** Whether a durable line names each of the segments that are still there. */
    private boolean record(List<Removal> removals, Runnable sync) {
        List<Removal> unrecorded = removals.stream()
                .filter(removal -> !recorded.contains(removal.segment()) && isThere(removal))
                .toList();
        if (unrecorded.isEmpty()) {
            return true;
        }
        if (!telling.tell(listener -> listener.removing(unrecorded))) {
            return false;
        }
        sync.run();
        unrecorded.forEach(removal -> recorded.add(removal.segment()));
        return true;
    }

    private boolean isThere(Removal removal) {
        return Files.exists(directory.path().resolve(removal.segment()), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether all of them are gone. */
    private boolean remove(List<Removal> removals) throws IOException {
        int gone = 0;
        // A hold that was placed while the device was waited for counts too.
        while (gone < removals.size() && !abandoned.getAsBoolean() && !holds.isHeld() && remove(removals.get(gone))) {
            gone++;
        }
        if (gone > 0) {
            disk.forceDirectory(directory.path());
            if (seals != null) {
                seals.removed(
                        SegmentName.parse(removals.get(gone - 1).segment()).orElseThrow());
            }
        }
        return gone == removals.size();
    }

    private void tellOfFailure(String segment, IOException e) {
        if (!quiet) {
            telling.tell(listener -> listener.removalFailed(segment, e));
        }
    }

    /** It goes for good before its copy goes: a power cut must not bring back lines of which nobody knows then that they moved. */
    private void forceRefused() throws IOException {
        if (refusedUnforced) {
            disk.forceDirectory(directory.path());
        }
    }

    private boolean remove(Removal removal) throws IOException {
        String segment = removal.segment();
        forceRefused();
        SegmentName name = SegmentName.parse(segment).orElseThrow();
        refusedUnforced = Files.exists(poisoned.note(name), LinkOption.NOFOLLOW_LINKS);
        try {
            disk.delete(directory.path().resolve(segment));
            removed.incrementAndGet();
            dropped.addAndGet(removal.undeliveredTo().isEmpty() ? 0 : 1);
        } catch (NoSuchFileException e) { // somebody else removed it: say so, and do not stop at it for ever
            tellOfFailure(segment, e);
        } catch (IOException e) {
            if (stuck.add(segment)) {
                tellOfFailure(segment, e);
            }
            return false;
        }
        rotated.remove(name);
        recorded.remove(segment);
        stuck.remove(segment);
        return true;
    }
}
