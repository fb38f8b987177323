package dev.affidavit.store;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.TreeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where the seal of a log goes on: reads the last seal, holds the lines of its segment and those behind it to it, and
 * begins the seal of a new log. If the two do not agree, both are left as they are, and the log goes on in another segment
 * whose seal says so.
 */
final class SealOpening {
    private final LogDirectory directory;
    private final Environment environment;
    private final SealOptions options;
    private final EpochKeys keys;
    private final SigningKey logKey;
    private final List<SegmentName> segments;
    private final List<SegmentName> seals;

    private SealOpening(
            LogDirectory directory,
            Environment environment,
            SealOptions options,
            SigningKey logKey,
            List<SegmentName> segments,
            List<SegmentName> seals) {
        this.directory = directory;
        this.environment = environment;
        this.options = options;
        this.keys = EpochKeys.in(directory, environment.disk());
        this.logKey = logKey;
        this.segments = segments;
        this.seals = seals;
    }

    /**
     * Opens the seal of a log whose segments are ready to be written. One that has no seal yet is sealed from its oldest line on.
     *
     * @throws IOException if a key is missing, damaged, may be read by others, or is of another origin
     */
    static SealState open(LogDirectory directory, Environment environment, SealOptions options, String logId)
            throws IOException {
        String origin = options.origin() + "/" + logId;
        List<SegmentName> segments = directory.segments();
        List<SegmentName> seals = new ArrayList<>(directory.seals());
        if (!seals.isEmpty()) {
            LogKey.settle(directory, environment.disk()); // whoever began the first of them may have been killed
        }
        boolean begun = KeyFile.exists(LogKey.file(directory)) || !seals.isEmpty();
        boolean leftovers = hasLeftovers(directory, environment);
        SigningKey logKey = begun
                ? LogKey.read(directory)
                : LogKey.create(directory, environment.disk(), origin, environment.random());
        if (!logKey.verifierKey().name().equals(origin)) {
            throw new IOException(
                    "%s is the key of %s; expected that of %s. A log keeps its origin: set it back, or begin a new log in another directory."
                            .formatted(
                                    LogKey.file(directory), logKey.verifierKey().name(), origin));
        }
        SealOpening opening = new SealOpening(directory, environment, options, logKey, segments, seals);
        SealState state = begun || leftovers ? opening.open() : opening.beginSeals();
        try {
            LogKey.settle(directory, environment.disk());
            return state;
        } catch (Throwable e) {
            state.writer().close();
            throw e;
        }
    }

    /** Whether there is, without a log key, what only a sealed log has. */
    private static boolean hasLeftovers(LogDirectory directory, Environment environment) {
        boolean killed = KeyFile.exists(LogKey.begun(directory)); // before there was a seal
        return KeyFile.exists(directory.prunedSeals())
                || (!killed && EpochKeys.in(directory, environment.disk()).isThere());
    }

    /**
     * For a log that is opened without being sealed.
     *
     * @throws IOException if it is a sealed one: that its seals end must not go unnoticed
     */
    static void requireUnsealed(LogDirectory directory) throws IOException {
        Path key = LogKey.file(directory);
        if (KeyFile.exists(key)) {
            throw new IOException(
                    "it is a sealed log, it has %s, and was to be opened without seals, which nobody could tell from an attack. Seal it (AuditSeal enabled=\"true\", the default), or begin an unsealed log in another directory"
                            .formatted(key));
        }
    }

    /** Of a log that has none: over its first line to come, or over those that it has. */
    private SealState beginSeals() throws IOException {
        if (segments.isEmpty()) {
            return begin(SegmentName.first(now()), TreeRange.EMPTY, 1, null, null);
        }
        SegmentName oldest = segments.get(0);
        begin(oldest, TreeRange.EMPTY, 1, null, null).writer().close();
        seals.add(oldest);
        return open();
    }

    private SealState open() throws IOException {
        if (seals.isEmpty()) {
            return segments.isEmpty()
                    ? begin(SegmentName.first(now()), TreeRange.EMPTY, 1, null, null)
                    : broken("%d segments have no seal".formatted(segments.size()), TreeRange.EMPTY, 0);
        }
        FoundSeal last;
        try {
            last = lastSeal();
        } catch (MalformedSealException e) {
            return broken(String.valueOf(e.getMessage()), rangeOfLast(), 0);
        }
        return goOn(last);
    }

    /** The last seal that counts: one that was begun and not handed over to is removed. */
    private FoundSeal lastSeal() throws IOException, MalformedSealException {
        FoundSeal last = read(lastName());
        if (last.onlyBegun() && last.start().broken() == null && seals.size() > 1) {
            FoundSeal before = read(seals.get(seals.size() - 2));
            if (before.handedOver() == null) {
                environment.disk().delete(directory.seal(lastName()));
                environment.disk().forceDirectory(directory.path());
                seals.remove(seals.size() - 1);
                return before;
            }
            force(seals.get(seals.size() - 2));
        }
        return last;
    }

    /** Who handed over may have been killed before that was on the device, and the key that could do so again goes soon. */
    private void force(SegmentName handedOver) throws IOException {
        try (SegmentFile file = environment.disk().open(directory.seal(handedOver))) {
            file.force();
        }
    }

    private FoundSeal read(SegmentName name) throws IOException, MalformedSealException {
        try {
            FoundSeal found = FoundSeal.read(directory.seal(name), logKey.verifierKey());
            if (!found.start().segment().equals(name.fileName())) {
                throw MalformedSealException.at(
                        0, "it is the seal of " + found.start().segment());
            }
            return found;
        } catch (MalformedSealException e) {
            throw MalformedSealException.in(directory.seal(name).toString(), e);
        }
    }

    private SegmentName lastName() {
        return seals.get(seals.size() - 1);
    }

    private SealState goOn(FoundSeal last) throws IOException {
        SegmentName name = lastName();
        boolean isThere = segments.contains(name);
        SigningKey epochKey = keys.find(last.epoch());
        LineTree tree = LineTree.after(last.start().before());
        try (SegmentLines lines = isThere ? SegmentLines.open(directory.segment(name)) : null) {
            String problem = null;
            if (last.handedOver() != null) {
                problem = "%s ends with the succession to %s, whose seal is missing"
                        .formatted(directory.seal(name), last.handedOver().nextSegment());
            } else if (lines == null && !last.onlyBegun()) {
                problem = "%s is missing; its seal is over lines of it".formatted(directory.segment(name));
            } else if (lines != null) {
                problem = addSealed(name, lines, tree, last);
            }
            boolean hasKey = epochKey != null && epochKey.verifierKey().equals(last.key());
            if (problem == null && !hasKey) {
                problem = "the key of epoch %d, in which %s ends, is not there"
                        .formatted(last.epoch(), directory.seal(name));
            }
            boolean later = problem == null && unread(name, lines) > environment.readAtOpening();
            List<Boundary> behind = new ArrayList<>();
            if (!later && lines != null) {
                lines.addTo(tree, Long.MAX_VALUE);
            }
            for (SegmentName segment : segmentsBehind(name)) {
                boolean known = !later || (lines == null && behind.isEmpty());
                behind.add(known ? Boundary.of(segment, tree.range()) : Boundary.unread(segment));
                if (!later) {
                    add(segment, tree);
                }
            }
            if (problem != null || epochKey == null) {
                return broken(String.valueOf(problem), tree.range(), last.epoch());
            }
            SegmentName begin = !isThere && behind.isEmpty() ? name : null;
            return new SealState(
                    options,
                    logKey,
                    keys,
                    last.epoch(),
                    epochKey,
                    SealWriter.open(directory.seal(name), environment.disk(), last.end()),
                    Boundary.of(name, last.start().before()),
                    behind,
                    tree.range(),
                    last.sealed(),
                    true,
                    begin,
                    later ? Files.size(directory.segment(lastSegment(name))) : SealState.ALL_READ,
                    null);
        }
    }

    private List<SegmentName> segmentsBehind(SegmentName name) {
        return segments.stream().filter(later -> later.compareTo(name) > 0).toList();
    }

    /** How many bytes there are behind the lines of {@code name} that were read. */
    private long unread(SegmentName name, @Nullable SegmentLines read) throws IOException {
        long bytes = read == null ? 0 : Files.size(directory.segment(name)) - read.position();
        for (SegmentName later : segmentsBehind(name)) {
            bytes += Files.size(directory.segment(later));
        }
        return bytes;
    }

    private SegmentName lastSegment(SegmentName otherwise) {
        return segments.isEmpty() ? otherwise : segments.get(segments.size() - 1);
    }

    /** What is wrong with the lines that the seal is over; null if nothing is. Adds these to the tree. */
    private @Nullable String addSealed(SegmentName name, SegmentLines lines, LineTree tree, FoundSeal seal)
            throws IOException {
        long first = seal.start().first();
        if (!lines.addTo(tree, seal.sealed())) {
            return "%s: expected %d lines, which its seal is over, found %d"
                    .formatted(directory.segment(name), seal.sealed() - first, tree.size() - first);
        }
        return tree.range().root().equals(seal.root())
                ? null
                : "%s: the first %d lines are not those that its seal is over"
                        .formatted(directory.segment(name), seal.sealed() - first);
    }

    private void add(SegmentName name, LineTree tree) throws IOException {
        try (SegmentLines lines = SegmentLines.open(directory.segment(name))) {
            lines.addTo(tree, Long.MAX_VALUE);
        }
    }

    /** Of all lines, as far as the last seal that can be read tells how many there were before it. */
    private TreeRange rangeOfLast() throws IOException {
        for (int i = seals.size() - 1; i >= 0; i--) {
            SegmentName name = seals.get(i);
            try {
                LineTree tree = LineTree.after(read(name).start().before());
                for (SegmentName segment : segments) {
                    if (segment.compareTo(name) >= 0) {
                        add(segment, tree);
                    }
                }
                return tree.range();
            } catch (MalformedSealException e) {
                // The one before it, then.
            }
        }
        return TreeRange.EMPTY;
    }

    /** Goes on in another segment. */
    private SealState broken(String problem, TreeRange found, long lastEpoch) throws IOException {
        SegmentName newest = lastSegment(SegmentName.first(now()));
        SegmentName newestSealed = seals.isEmpty() ? newest : lastName();
        SegmentName last = newest.compareTo(newestSealed) < 0 ? newestSealed : newest;
        String file = (seals.isEmpty() ? newest : newestSealed).fileName();
        return begin(last.next(now()), found, nextEpoch(lastEpoch), keys.find(lastEpoch), new Tampering(file, problem));
    }

    /** One that no statement that may still be somewhere has. */
    private long nextEpoch(long last) throws IOException {
        long highest = last;
        for (int i = seals.size() - 1; i >= 0 && highest == 0; i--) {
            try {
                highest = read(seals.get(i)).epoch();
            } catch (MalformedSealException e) {
                // The one before it, then.
            }
        }
        return highest + 1;
    }

    private SealState begin(
            SegmentName segment,
            TreeRange before,
            long epoch,
            @Nullable SigningKey keyBefore,
            @Nullable Tampering tampering)
            throws IOException {
        SigningKey key = keyOf(epoch);
        keys.store(epoch, key);
        String problem = tampering == null ? null : oneLine(tampering.problem());
        SegmentStart start = new SegmentStart(
                logKey.verifierKey().name(),
                segment.fileName(),
                before,
                epoch,
                key.verifierKey(),
                now().truncatedTo(ChronoUnit.MICROS),
                problem);
        SignedNote note = keyBefore == null
                ? SignedNote.sign(start.text(), logKey, key)
                : SignedNote.sign(start.text(), logKey, key, keyBefore);
        SealWriter writer = SealWriter.create(directory.seal(segment), environment.disk(), note);
        keys.erase(epoch + 1);
        return new SealState(
                options,
                logKey,
                keys,
                epoch,
                key,
                writer,
                Boundary.of(segment, before),
                List.of(),
                before,
                before.size(),
                false,
                segment,
                SealState.ALL_READ,
                tampering);
    }

    /** Made now, but for that of epoch 1, which may have been made and pinned before the log begins. */
    private SigningKey keyOf(long epoch) throws IOException {
        String origin = logKey.verifierKey().name();
        SigningKey made = epoch == EpochKeys.FIRST && seals.isEmpty() && segments.isEmpty() ? keys.first(origin) : null;
        return made == null ? SigningKey.generate(Statement.epochKeyName(origin, epoch), environment.random()) : made;
    }

    private static String oneLine(String problem) {
        StringBuilder line = new StringBuilder();
        problem.chars().forEach(c -> line.append(Character.isISOControl(c) ? '?' : (char) c));
        return line.toString();
    }

    private Instant now() {
        return environment.clock().instant();
    }
}
