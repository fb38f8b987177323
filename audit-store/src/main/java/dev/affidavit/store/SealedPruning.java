package dev.affidavit.store;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the seals need before and after retention removes segments: a signed record, and what is kept of the seal of each. Used
 * by the thread that keeps the log within its limits.
 */
final class SealedPruning {
    /** What is kept of their seals is one write. */
    private static final int MAX_AT_ONCE = 100;

    private final LogDirectory directory;
    private final Disk disk;
    private final VerifierKey logKey;
    private final Sealing sealing;
    private final BooleanSupplier abandoned;

    /** Segments that are recorded, and of which the seal is kept. */
    private final NavigableSet<SegmentName> letGo = new TreeSet<>();
    /** Seals of segments that are recorded and gone, behind one that is there again: a power cut brought it back. */
    private final NavigableSet<SegmentName> orphans = new TreeSet<>();

    private @Nullable SealWriter kept;

    /** @param abandoned whether nothing may be changed any more */
    SealedPruning(LogDirectory directory, Disk disk, VerifierKey logKey, Sealing sealing, BooleanSupplier abandoned) {
        this.directory = directory;
        this.disk = disk;
        this.logKey = logKey;
        this.sealing = sealing;
        this.abandoned = abandoned;
    }

    /**
     * Which of these segments, from the oldest on, may be removed now: all is on the device that has to outlive them.
     *
     * @param limit how long to wait for the device
     * @throws IOException if that cannot be written, or a seal is damaged
     */
    List<Removal> letGo(List<Removal> removals, Duration limit) throws IOException {
        SealWriter to = kept(); // before anything is recorded: it counts what is kept already
        List<Removal> ready = new ArrayList<>();
        List<PrunedSegment> pruned = new ArrayList<>();
        NavigableMap<SegmentName, List<SignedNote>> certified = new TreeMap<>();
        for (Removal removal : removals.subList(0, Math.min(removals.size(), MAX_AT_ONCE))) {
            SegmentName name = SegmentName.parse(removal.segment()).orElseThrow();
            boolean hasSeal = Files.exists(directory.seal(name), LinkOption.NOFOLLOW_LINKS);
            if (!hasSeal && isBehindSeals(name)) {
                break; // its turn comes
            }
            // One without a seal was left empty by a try to begin it. The seal of one that somebody else removed stays:
            // it is evidence.
            if (hasSeal && !letGo.contains(name) && Files.exists(directory.segment(name), LinkOption.NOFOLLOW_LINKS)) {
                FoundSeal seal = read(name);
                if (seal.handedOver() == null) {
                    break; // it is sealed soon
                }
                pruned.add(new PrunedSegment(
                        name, seal.start().first(), seal.sealed(), seal.root(), reason(removal.exceeded())));
                for (SegmentName orphan : orphans.headSet(name)) {
                    if (!certified.containsKey(orphan)) {
                        certified.put(orphan, read(orphan).kept());
                    }
                }
                certified.put(name, seal.kept());
            }
            ready.add(removal);
        }
        if (!pruned.isEmpty()) {
            sealing.record(pruned, limit);
            if (abandoned.getAsBoolean()) {
                return List.of();
            }
            keep(to, certified);
        }
        return ready;
    }

    private boolean isBehindSeals(SegmentName name) throws IOException {
        List<SegmentName> seals = directory.seals();
        return seals.isEmpty() || seals.get(seals.size() - 1).compareTo(name) < 0;
    }

    private static String reason(Removal.Limit limit) {
        return switch (limit) {
            case MAX_SEGMENTS -> "maxFiles";
            case MAX_AGE -> "maxAge";
            case MAX_BYTES -> "maxBytes";
        };
    }

    private FoundSeal read(SegmentName name) throws IOException {
        try {
            return FoundSeal.read(directory.seal(name), logKey);
        } catch (MalformedSealException e) {
            throw new IOException(
                    "%s is not removed, since its seal is damaged: %s. Verify the log; keep both as evidence elsewhere, and remove them."
                            .formatted(directory.segment(name), e.getMessage()),
                    e);
        }
    }

    /** Removes the seals of segments that are gone: those up to this one. */
    void removed(SegmentName last) throws IOException {
        boolean any = false;
        while (!letGo.isEmpty() && letGo.first().compareTo(last) <= 0 && !abandoned.getAsBoolean()) {
            try {
                disk.delete(directory.seal(letGo.first()));
            } catch (NoSuchFileException e) {
                // It was to go.
            }
            letGo.pollFirst();
            any = true;
        }
        if (any) {
            disk.forceDirectory(directory.path());
        }
    }

    private void keep(@Nullable SealWriter to, Map<SegmentName, List<SignedNote>> certified) throws IOException {
        List<SignedNote> notes =
                certified.values().stream().flatMap(List::stream).toList();
        try {
            if (to != null) {
                to.append(notes);
            } else {
                Path file = directory.prunedSeals();
                disk.replace(file, SealWriter.bytes(notes));
                kept = SealWriter.open(file, disk, Files.size(file));
            }
            letGo.addAll(certified.keySet());
            orphans.removeAll(certified.keySet());
        } catch (Throwable e) { // an Error too: nothing must be kept twice, and who opens it again finds out what is
            close();
            throw e;
        }
    }

    /**
     * What is kept already.
     *
     * @param end behind the last block of a segment whose seal is gone: what follows was begun by a removal that was not finished
     * @param segments of the blocks before it. The seal of one can be there: names go in any order when the power is cut
     * @param letGo the segments that these blocks say retention lets go
     */
    private record Kept(long end, Set<String> segments, Set<String> letGo) {}

    /** Where the seals of removed segments are kept; null if there is no such file yet. */
    private @Nullable SealWriter kept() throws IOException {
        Path file = directory.prunedSeals();
        if (kept == null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Kept before = readKept(file);
            SealWriter to = SealWriter.open(file, disk, before.end());
            try {
                finishRemovals(to, before);
            } catch (Throwable e) { // an Error too: it is begun again
                to.close();
                throw e;
            }
            kept = to;
        }
        return kept;
    }

    private Kept readKept(Path file) throws IOException {
        try (SealReader in = SealReader.of(PrivateFiles.reading(file))) {
            long end = 0;
            Set<String> whole = new HashSet<>();
            Set<String> letGo = new HashSet<>();
            Set<String> begun = new HashSet<>();
            Set<String> recorded = new HashSet<>();
            boolean isGone = false;
            for (SignedStatement next = in.next(); next != null; next = in.next()) {
                if (next.statement() instanceof SegmentStart start) {
                    begun.add(start.segment());
                    isGone = !hasSeal(start.segment());
                } else if (next.statement() instanceof PruneRecord prune) {
                    recorded.add(prune.segment());
                }
                if (isGone) {
                    end = next.end();
                    whole.addAll(begun);
                    begun.clear();
                    letGo.addAll(recorded);
                    recorded.clear();
                }
            }
            return new Kept(end, whole, letGo);
        } catch (MalformedSealException e) {
            throw new IOException(
                    "%s is damaged, so nothing is removed: %s. Verify the log.".formatted(file, e.getMessage()), e);
        }
    }

    private boolean hasSeal(String segment) {
        return SegmentName.parse(segment)
                .filter(name -> Files.exists(directory.seal(name), LinkOption.NOFOLLOW_LINKS))
                .isPresent();
    }

    /** A crash can have left the seals of segments that are gone. */
    private void finishRemovals(SealWriter to, Kept before) throws IOException {
        List<SegmentName> seals = directory.seals();
        List<SegmentName> segments = directory.segments();
        NavigableSet<SegmentName> left = new TreeSet<>(seals);
        segments.forEach(left::remove);
        if (segments.isEmpty() || left.isEmpty()) {
            return;
        }
        Set<String> recorded = recorded(seals);
        recorded.addAll(before.letGo());
        left.removeIf(orphan -> !recorded.contains(orphan.fileName()));
        SegmentName oldest = segments.get(0);
        for (SegmentName orphan : left.headSet(oldest)) {
            if (!before.segments().contains(orphan.fileName())) {
                to.append(read(orphan).kept());
            }
            disk.delete(directory.seal(orphan));
        }
        disk.forceDirectory(directory.path());
        orphans.addAll(left.tailSet(oldest));
    }

    private Set<String> recorded(List<SegmentName> seals) throws IOException {
        Set<String> recorded = new HashSet<>();
        for (SegmentName name : seals) {
            recorded.addAll(read(name).letGo());
        }
        return recorded;
    }

    void close() {
        // Who opens what is kept again cuts off what is of segments that are not gone.
        letGo.clear();
        orphans.clear();
        if (kept != null) {
            try {
                kept.close();
            } catch (IOException e) {
                // All that was written was forced.
            }
            kept = null;
        }
    }
}
