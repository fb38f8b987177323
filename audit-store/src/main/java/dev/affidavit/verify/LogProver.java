package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.verify.SealedBeginnings.Begun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes proofs of single lines of the log in a directory, whether a writer has it open or not, and also when older files
 * were pruned. It reads the log from the file with the line on. Immutable, thread-safe.
 */
public final class LogProver {
    /** Behind every line. */
    private static final long NO_LINE = Long.MAX_VALUE;

    private final Path directory;
    private final Progress progress;

    private final @Nullable LineOpener opener;

    private LogProver(Path directory, Progress progress, @Nullable LineOpener opener) {
        this.directory = directory;
        this.progress = progress;
        this.opener = opener;
    }

    public static LogProver of(Path directory) {
        return new LogProver(directory, Progress.NONE, null);
    }

    /** The same, which tells how far it is. */
    public LogProver telling(Progress told) {
        return new LogProver(directory, told, opener);
    }

    /** The same, which finds events in lines that are encrypted too. A proof is of the line as it is stored. */
    public LogProver opening(LineOpener lines) {
        return new LogProver(directory, progress, lines);
    }

    /**
     * The line with this index, counted from 0 over the whole log, proven by the newest checkpoint.
     *
     * @throws NoProofException if it was pruned, is not there, or is not sealed; or if the log is not what was sealed
     * @throws IOException if the log cannot be read
     */
    public ProvenLine ofLine(long index) throws IOException, NoProofException {
        return new Run(LogFiles.of(directory)).prove(index);
    }

    /**
     * The same for the line that begins with {@code {"id":"…"}} and this id: the first, if there are several.
     *
     * @throws NoProofException also if there is none
     */
    public ProvenLine ofEvent(String id) throws IOException, NoProofException {
        Run run = new Run(LogFiles.of(directory));
        return run.prove(run.indexOf(id));
    }

    /** The newest checkpoint. */
    private record Newest(SignedNote note, Checkpoint tree) {}

    private final class Run {
        private final LogFiles files;
        private final SealedBeginnings beginnings;
        private final LongConsumer read;

        Run(LogFiles files) {
            this.files = files;
            this.beginnings = new SealedBeginnings(directory, files);
            long all = files.bytes();
            AtomicLong done = new AtomicLong();
            this.read = more -> progress.at(done.addAndGet(more), all);
        }

        ProvenLine prove(long index) throws IOException, NoProofException {
            if (index < 0) {
                throw new NoProofException("lines are counted from 0, and there is none with index " + index);
            }
            Newest newest = newest();
            if (index >= newest.tree().size()) {
                throw new NoProofException("line %d is not sealed: the newest checkpoint is over the first %d lines"
                        .formatted(index, newest.tree().size()));
            }
            Begun begun = beginnings.of(index);
            GrowingTree tree = GrowingTree.from(begun.before());
            tree.watch(index);
            byte[] line = null;
            for (String segment : files.segments()) {
                if (segment.compareTo(begun.segment()) >= 0
                        && tree.size() < newest.tree().size()) {
                    byte[] found = grow(tree, segment, newest.tree().size(), index);
                    line = found == null ? line : found;
                }
            }
            TreeHash root = tree.root();
            if (line == null
                    || tree.size() < newest.tree().size()
                    || !root.equals(newest.tree().root())) {
                throw new NoProofException(
                        "the lines from %s on are not those that the newest checkpoint, over %d lines, is about: verify the log"
                                .formatted(begun.segment(), newest.tree().size()));
            }
            return new ProvenLine(line, new InclusionProof(index, tree.path(), newest.note()));
        }

        /** Adds the lines of a file; gives the one with the index, if it is among them. */
        private byte @Nullable [] grow(GrowingTree tree, String segment, long size, long index) throws IOException {
            byte[] found = null;
            try (SegmentLines lines = SegmentLines.of(files.open(segment), files.counting(segment), read)) {
                boolean more = true;
                while (more && tree.size() < size) {
                    boolean wanted = tree.size() == index;
                    lines.keepLines(wanted);
                    more = lines.readLine(tree);
                    found = wanted && more ? lines.line() : found;
                }
            }
            return found;
        }

        long indexOf(String id) throws IOException, NoProofException {
            for (String segment : files.sealed()) {
                Begun begun = beginnings.in(segment);
                if (files.isRegular(segment) && begun != null) {
                    long index = indexOf(id, begun);
                    if (index != NO_LINE) {
                        return index;
                    }
                }
            }
            throw new NoProofException("%s: none of its sealed lines has the id %s".formatted(directory, id));
        }

        private long indexOf(String id, Begun begun) throws IOException {
            GrowingTree tree = GrowingTree.from(begun.before());
            try (SegmentLines lines =
                    SegmentLines.of(files.open(begun.segment()), files.counting(begun.segment()), read)) {
                lines.keepBeginnings();
                lines.keepLines(opener != null);
                while (lines.readLine(tree)) {
                    byte[] opened = opener == null ? null : opener.open(begun.segment(), lines.offset(), lines.line());
                    if (id.equals(Anchors.idOf(opened == null ? lines.beginning() : opened))) {
                        return tree.size() - 1;
                    }
                }
            }
            return NO_LINE;
        }

        private Newest newest() throws IOException, NoProofException {
            List<String> sealed = files.sealed();
            Newest newest = null;
            for (int i = sealed.size() - 1; i >= 0 && newest == null; i--) {
                newest = newest(sealed.get(i));
            }
            if (newest == null) {
                throw new NoProofException("%s: no seal in it has a checkpoint".formatted(directory));
            }
            return Objects.requireNonNull(newest);
        }

        private @Nullable Newest newest(String segment) throws IOException, NoProofException {
            Newest newest = null;
            try (SealReader reader = beginnings.open(segment)) {
                for (SignedStatement next = reader.next(); next != null; next = reader.next()) {
                    if (next.statement() instanceof Checkpoint tree) {
                        newest = new Newest(next.note(), tree);
                    }
                }
                return newest;
            } catch (MalformedSealException e) {
                throw beginnings.damaged(segment, e);
            }
        }
    }
}
