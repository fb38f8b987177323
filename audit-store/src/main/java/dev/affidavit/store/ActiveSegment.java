package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The segment to which lines are added. Not thread-safe: used by who has the turn. */
final class ActiveSegment implements Closeable {
    private final SegmentName name;
    /** Of the name: each line is told it. */
    private final String fileName;

    private final SegmentFile file;
    /** What was written since the last force began. */
    private final GrowingTail tail;

    /** Where its last finished line ends. */
    private long end;
    /** When its newest line was written, in milliseconds since the epoch; means nothing while it has none. */
    private long newest;
    /** Why bytes of an unfinished line stand behind {@link #end}; null while none do. */
    private @Nullable Throwable unfinishedLine;
    /** Whether the disk refused to cut them off, and will not be asked again. */
    private boolean cutRefused;

    /** @param tail that begins at {@code end} */
    ActiveSegment(SegmentName name, SegmentFile file, GrowingTail tail, long end, long newest) {
        this.name = name;
        this.fileName = name.fileName();
        this.file = file;
        this.tail = tail;
        this.end = end;
        this.newest = newest;
    }

    /** One that ends with a finished line, or is empty. */
    static ActiveSegment of(SegmentName name, SegmentFile file, long newest) throws IOException {
        long end = file.length();
        return new ActiveSegment(name, file, new GrowingTail(end), end, newest);
    }

    /**
     * Adds a line to the file and to {@code lines}, or to neither.
     *
     * @param now in milliseconds since the epoch
     */
    void append(byte[] bytes, int length, long now, LineRing lines) throws IOException {
        lines.prepare(bytes, length - 1);
        try {
            file.write(bytes, length);
            tail.add(bytes, length);
            lines.publish();
        } catch (Throwable e) { // an Error too: the next line would stand behind half of this one
            cutBack(e);
            throw e;
        }
        newest = isEmpty() ? now : Math.max(newest, now);
        end += length;
    }

    /** Removes what a failed write left behind the last finished line. */
    private void cutBack(Throwable cause) throws UnfinishedLineException {
        unfinishedLine = cause; // before anything that can run out of memory
        cutRefused = false;
        try {
            file.truncate(end);
            unfinishedLine = null;
        } catch (Throwable e) {
            cutRefused = e instanceof IOException;
            if (e != cause) { // the JVM may throw one OutOfMemoryError twice
                cause.addSuppressed(e);
            }
            if (cause instanceof IOException failedWrite) {
                UnfinishedLineException unfinished = new UnfinishedLineException(failedWrite);
                unfinishedLine = unfinished;
                throw unfinished;
            }
        }
    }

    /** Tries again what an Error kept from being done: another stack has more room, and memory comes back. */
    void cutAgain() {
        if (unfinishedLine != null && !cutRefused) {
            try {
                file.truncate(end);
                unfinishedLine = null;
            } catch (Throwable e) {
                cutRefused = e instanceof IOException;
            }
        }
    }

    /** Why nothing may be added any more; null while it may. */
    @Nullable
    Throwable unfinishedLine() {
        return unfinishedLine;
    }

    SegmentName name() {
        return name;
    }

    String fileName() {
        return fileName;
    }

    /** Bytes of finished lines. */
    long length() {
        return end;
    }

    boolean isEmpty() {
        return end == 0;
    }

    /** When its newest line was written, in milliseconds since the epoch; means nothing while it is empty. */
    long newest() {
        return newest;
    }

    /** It as it is now, when nothing is added to it any more. */
    RotatedSegment rotated() {
        return new RotatedSegment(name, end, Instant.ofEpochMilli(newest));
    }

    /** What was added since the last force began. */
    Tail tail() {
        return tail.upTo(name, file, end);
    }

    /** A force of the {@link #tail} begins. Needs no memory. */
    void beginForce() {
        tail.beginAnew(end);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
