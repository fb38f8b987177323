package dev.affidavit.verify;

import dev.affidavit.seal.TreeRange;
import dev.affidavit.verify.SealedBeginnings.Begun;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a log from the beginning of a sealed file on, from file to file. Not thread-safe. */
final class LogWalk implements Closeable {
    private final Path directory;
    private final LogFiles files;
    private final TreeRange before;
    private final Iterator<String> segments;
    private @Nullable SegmentLines lines;

    private LogWalk(Path directory, LogFiles files, Begun begun) {
        this.directory = directory;
        this.files = files;
        this.before = begun.before();
        this.segments = files.segments().stream()
                .filter(segment -> segment.compareTo(begun.segment()) >= 0)
                .iterator();
    }

    /**
     * From the beginning of the file on which holds, or will hold, the line with this index.
     *
     * @throws NoProofException if there is no such file any more
     */
    static LogWalk to(Path directory, long line) throws IOException, NoProofException {
        LogFiles files = LogFiles.of(directory);
        return new LogWalk(directory, files, new SealedBeginnings(directory, files).of(line));
    }

    /** What is before its first line. */
    TreeRange before() {
        return before;
    }

    /**
     * Adds lines to a tree that is as far as this, until it is over {@code size} lines.
     *
     * @throws NoProofException if there are not so many
     * @throws InterruptedIOException if the thread is interrupted
     */
    void grow(GrowingTree tree, long size) throws IOException, NoProofException {
        while (tree.size() < size) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(directory + ": interrupted while its lines were read");
            }
            SegmentLines current = lines;
            if (current == null || !current.readLine(tree)) {
                openNext(size, tree.size());
            }
        }
    }

    private void openNext(long wanted, long found) throws IOException, NoProofException {
        close();
        if (!segments.hasNext()) {
            throw new NoProofException(
                    "%s: expected %d lines, found %d: verify the log".formatted(directory, wanted, found));
        }
        String segment = segments.next();
        lines = SegmentLines.of(files.open(segment), files.counting(segment), more -> {});
    }

    @Override
    public void close() throws IOException {
        SegmentLines open = lines;
        lines = null;
        if (open != null) {
            open.close();
        }
    }
}
