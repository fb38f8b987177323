package dev.affidavit.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the finished lines of one segment, which may still grow; of one that the device refused, the good part only.
 */
final class SegmentReader implements StoredBytes, Closeable {
    private static final int FIRST_BUFFER_BYTES = 256 * 1024;

    private final SegmentName name;
    /** Made once: each line that is returned has it. */
    private final String fileName;

    private final Path file;
    private final FileChannel channel;
    private final PoisonedSegments poisoned;
    private final boolean poisonedWhenOpened;

    /** Bytes read from the file and not yet returned: {@code buffer[start..end)}. */
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];

    private int start;
    private int end;

    /** The place of {@code buffer[start]}, and what a position says of it. */
    private long offset;

    private long lines;
    private @Nullable String lastLineHash;
    /** The last line returned, until its hash is asked for. */
    private byte @Nullable [] lastLine;

    /** How many bytes at the head of the segment were passed over; their lines are counted when a position is asked for. */
    private long uncounted;

    private boolean unforced;

    private SegmentReader(
            SegmentName name, Path file, FileChannel channel, PoisonedSegments poisoned, boolean poisonedWhenOpened) {
        this.name = name;
        this.fileName = name.fileName();
        this.file = file;
        this.channel = channel;
        this.poisoned = poisoned;
        this.poisonedWhenOpened = poisonedWhenOpened;
    }

    static SegmentReader open(LogDirectory directory, SegmentName name) throws IOException {
        Path file = directory.segment(name);
        PoisonedSegments poisoned = new PoisonedSegments(directory);
        PrivateFiles.requireRegular(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return new SegmentReader(
                    name, file, channel, poisoned, poisoned.find(name).isPresent());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes to {@code position} if the line before it is still the one it names; otherwise stays at the head. */
    boolean seek(Position position) throws IOException {
        if (position.lastLine() == null) {
            return true;
        }
        if (position.offset() > channel.size() || !position.lastLine().equals(hashOfLineBefore(position.offset()))) {
            return false;
        }
        offset = position.offset();
        lines = position.line();
        lastLineHash = position.lastLine();
        return true;
    }

    /** Goes to {@code place} if a line ends there, {@code line} if that has a hash; otherwise stays at the head. */
    boolean seek(long place, @Nullable String line) throws IOException {
        byte[] before = new byte[1];
        if (place < 0) {
            return false; // a note can lead anywhere
        }
        if (place > 0 && (place > channel.size() || !fill(before, place - 1) || before[0] != '\n')) {
            return false;
        }
        if (line != null && (place == 0 || !line.equals(hashOfLineBefore(place)))) {
            return false;
        }
        offset = place;
        uncounted = place;
        return true;
    }

    /** Goes behind the last finished line. */
    boolean seekEnd() throws IOException {
        return seek(tail().intact(), null);
    }

    private TailScan tail() throws IOException {
        while (true) {
            try {
                return TailScan.of(this, fileName);
            } catch (EOFException e) {
                // The writer has cut off an unfinished line meanwhile.
            }
        }
    }

    /** The last finished line; empty if there is none. */
    Optional<StoredLine> lastLine() throws IOException {
        TailScan tail = tail();
        byte[] line = tail.lastLine();
        return line == null
                ? Optional.empty()
                : Optional.of(new StoredLine(fileName, tail.intact() - line.length - 1, line));
    }

    /** How many bytes stand behind the last finished line. */
    long unfinishedBytes() throws IOException {
        long length = length();
        return Math.max(0, length - tail().intact()); // which may be behind that by now
    }

    /**
     * How many lines {@link #next} returns from the head on.
     *
     * @param last as there
     */
    long countLines(boolean last) throws IOException {
        while (true) {
            long length = last ? tail().intact() : length();
            try {
                // Looked up after the length: the writer cuts the file only when the note is there.
                Optional<Poisoned> note = poisoned.find(name);
                return linesIn(
                        note.map(poison -> Math.min(length, poison.good())).orElse(length));
            } catch (EOFException e) {
                // The writer has cut off what is behind the good part meanwhile.
            }
        }
    }

    /**
     * The next finished line; null if there is none now.
     *
     * @param last whether no later segment is known: lines at the end that hold a NUL are cut off then when the log is opened,
     *     see {@link TailScan}, so they must not be seen
     */
    @Nullable
    StoredLine next(boolean last) throws IOException {
        int newline = newlineFrom(start);
        if (newline < 0) {
            newline = readAgain();
        }
        if (newline >= 0 && last && TailScan.hasNul(buffer, start, newline) && !isKept(newline)) {
            start = 0;
            end = 0; // what takes its place is read anew
            return null;
        }
        return newline < 0 ? null : take(newline);
    }

    /** Whether a line without NUL follows the one that ends there, so that nobody cuts it off. */
    private boolean isKept(int newline) throws IOException {
        try {
            return TailScan.of(this, fileName).intact() > offset + (newline - start);
        } catch (EOFException e) {
            return false; // the writer is cutting it off
        }
    }

    private StoredLine take(int newline) {
        byte[] bytes = Arrays.copyOfRange(buffer, start, newline);
        StoredLine taken = new StoredLine(fileName, offset, bytes);
        offset += bytes.length + 1L;
        lines++;
        lastLine = bytes;
        start = newline + 1;
        unforced = true;
        return taken;
    }

    /**
     * Reads on from the head of the line that is not finished yet, and finds its end. What was read of that line before is
     * read again: the writer may have cut it off since, and have put another line there.
     */
    private int readAgain() throws IOException {
        while (true) {
            start = 0;
            end = 0; // nothing is buffered if the read fails
            end = good(Math.max(channel.read(ByteBuffer.wrap(buffer), offset), 0));
            int newline = newlineFrom(0);
            if (newline >= 0) {
                return newline;
            }
            if (end < buffer.length) {
                end = 0;
                return -1;
            }
            if (end >= LogWriter.MAX_LINE_BYTES) {
                throw new DamagedException("%s: expected the end of a line within %d bytes of byte %d, found none"
                        .formatted(file, end, offset));
            }
            buffer = new byte[2 * buffer.length];
        }
    }

    /**
     * How many of the bytes read are to be read here. Looked up after reading: the writer cuts the file only when the note
     * is there.
     */
    private int good(int read) throws IOException {
        Optional<Poisoned> note = read == 0 ? Optional.empty() : poisoned.find(name);
        return note.map(poison -> (int) Math.max(0, Math.min(read, poison.good() - offset)))
                .orElse(read);
    }

    private int newlineFrom(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    Position position() throws IOException {
        if (lastLine != null) {
            lastLineHash = Sha256.hex(lastLine);
            lastLine = null;
        }
        if (uncounted > 0) {
            lines += linesIn(uncounted);
            uncounted = 0;
        }
        if (lastLineHash == null && offset > 0) {
            lastLineHash = hashOfLineBefore(offset);
            if (lastLineHash == null) {
                throw new EOFException("%s: no line ends at byte %d any more".formatted(file, offset));
            }
        }
        return new Position(fileName, offset, lines, lastLineHash);
    }

    boolean hasUnforced() {
        return unforced;
    }

    /** Somebody else has forced what was read. */
    void forced() {
        unforced = false;
    }

    /** What was read of a segment that the device refused is on the device, here or in the copy. */
    void force() throws IOException {
        if (unforced && poisoned.find(name).isEmpty()) {
            channel.force(false);
        }
        unforced = false;
    }

    /** Where to go on if lines behind the good part were read here; empty if the next segment is next. */
    Optional<Poisoned> copied() throws IOException {
        return poisonedWhenOpened ? Optional.empty() : poisoned.find(name);
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void read(long position, byte[] into) throws IOException {
        if (!fill(into, position)) {
            throw new EOFException("%s has less than %d bytes".formatted(file, position + into.length));
        }
    }

    /** Whether only its good part can have been read. */
    boolean isPoisoned() {
        return poisonedWhenOpened;
    }

    /** Where {@link #next} looks. */
    long offset() {
        return offset;
    }

    SegmentName name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private @Nullable String hashOfLineBefore(long position) throws IOException {
        for (int window = 4 * 1024; ; window *= 2) {
            long from = Math.max(0, position - window);
            byte[] bytes = new byte[(int) (position - from)];
            if (!fill(bytes, from) || bytes[bytes.length - 1] != '\n') {
                return null;
            }
            for (int i = bytes.length - 2; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return Sha256.hex(Arrays.copyOfRange(bytes, i + 1, bytes.length - 1));
                }
            }
            if (from == 0) {
                return Sha256.hex(Arrays.copyOfRange(bytes, 0, bytes.length - 1));
            }
            if (window >= LogWriter.MAX_LINE_BYTES) {
                return null;
            }
        }
    }

    /** How many lines end in the first {@code length} bytes. */
    private long linesIn(long length) throws IOException {
        byte[] bytes = new byte[FIRST_BUFFER_BYTES];
        long found = 0;
        for (long at = 0; at < length; ) {
            int read = channel.read(ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, length - at)), at);
            if (read < 0) {
                throw new EOFException("%s has less than %d bytes".formatted(file, length));
            }
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    found++;
                }
            }
            at += read;
        }
        return found;
    }

    /** Fills {@code bytes} from {@code position} on. False if the file ends before that. */
    private boolean fill(byte[] bytes, long position) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(bytes);
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
