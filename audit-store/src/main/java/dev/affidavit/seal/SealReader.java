package dev.affidavit.seal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements of a seal file, one after the other, and tells a statement that a crash left unfinished at the end from
 * one that was damaged. It looks at their form alone: whose signatures they have is for the caller to ask. Not thread-safe.
 */
public final class SealReader implements Closeable {
    /** Of a statement: one with the longest range and a dozen cosignatures has 6 KB. */
    public static final int MAX_STATEMENT_BYTES = 64 * 1024;

    /** That a crash can leave unwritten: writers have the seals of a hundred removed files, each of a day, in one write. */
    static final int MAX_UNFINISHED_BYTES = 64 * 1024 * 1024;

    /** The least that a disk writes, or does not, in one piece. */
    private static final int SECTOR_BYTES = 512;

    private final InputStream in;
    private long at;
    private long unfinishedFrom = -1;
    /** Whether the statement that was read last has its end. */
    private boolean finished;
    /** Of the first statement; null before it was read. */
    private @Nullable String origin;

    private SealReader(InputStream in) {
        this.in = in;
    }

    /** Of a stream at the beginning of a seal file, which {@link #close} closes. */
    public static SealReader of(InputStream in) {
        return new SealReader(in instanceof BufferedInputStream ? in : new BufferedInputStream(in));
    }

    /**
     * The next statement; null if no finished one follows.
     *
     * @throws MalformedSealException if what follows is no statement, and no beginning of one; names the byte. Nothing
     *     can be read behind it
     */
    public @Nullable SignedStatement next() throws IOException, MalformedSealException {
        if (unfinishedFrom >= 0) {
            return null;
        }
        long offset = at;
        try {
            byte[] bytes = readStatement();
            return bytes.length == 0 ? null : statement(offset, bytes);
        } catch (MalformedSealException e) {
            throw new MalformedSealException("byte %d: %s".formatted(offset, e.getMessage()), e);
        }
    }

    private @Nullable SignedStatement statement(long offset, byte[] bytes) throws IOException, MalformedSealException {
        if (bytes[bytes.length - 1] == 0) {
            requireUnwritten(offset);
            unfinishedFrom = offset;
            return null;
        }
        if (!finished) {
            requireBeginning(bytes);
            unfinishedFrom = offset;
            return null;
        }
        SignedNote note = SignedNote.parse(Arrays.copyOf(bytes, bytes.length - 1));
        Statement statement = Statement.parse(note.text());
        origin = origin == null ? statement.origin() : origin;
        return new SignedStatement(offset, at, note, statement);
    }

    /** Where the unfinished statement begins that a crash left at the end; -1 if there is none, or it is not reached yet. */
    public long unfinishedFrom() {
        return unfinishedFrom;
    }

    /** Up to its second empty line, a NUL or the end of the file. */
    private byte[] readStatement() throws IOException, MalformedSealException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int empty = 0;
        int before = '\n';
        while (empty < 2 && before != 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            at++;
            bytes.write(next);
            empty += next == '\n' && before == '\n' ? 1 : 0;
            before = next;
            if (bytes.size() > MAX_STATEMENT_BYTES) {
                throw new MalformedSealException(
                        "expected a statement of at most %d bytes".formatted(MAX_STATEMENT_BYTES));
            }
        }
        finished = empty == 2;
        return bytes.toByteArray();
    }

    /** Behind the first NUL of a statement: what is not there was never written, whole sectors, or all to the end. */
    private void requireUnwritten(long offset) throws IOException, MalformedSealException {
        long from = at - 1;
        boolean unwritten = true;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == 0 && !unwritten) {
                from = at;
            } else if (next != 0 && unwritten) {
                requireSectors(offset, from, at % SECTOR_BYTES == 0);
            }
            unwritten = next == 0;
            at++;
            if (at - offset > MAX_UNFINISHED_BYTES) {
                throw new MalformedSealException("expected at most %d bytes behind the last statement, found more"
                        .formatted(MAX_UNFINISHED_BYTES));
            }
        }
        if (unwritten) {
            requireSectors(offset, from, true);
        }
    }

    private void requireSectors(long offset, long from, boolean toEndOfOne) throws MalformedSealException {
        if (!toEndOfOne || (from != offset && from % SECTOR_BYTES != 0)) {
            throw new MalformedSealException(
                    "found NUL bytes that no crash leaves, from byte %d to %d".formatted(from, at));
        }
    }

    /** One that a crash can have left: whatever is there of it could go on to be a statement. */
    private void requireBeginning(byte[] bytes) throws MalformedSealException {
        String begun = beginning(bytes);
        requireFirstLine(begun);
        int textEnd = begun.indexOf("\n\n");
        if (textEnd < 0) {
            return;
        }
        String found = Statement.parse(begun.substring(0, textEnd + 1)).origin();
        if (origin != null && !found.equals(origin)) {
            throw new MalformedSealException(
                    "expected a statement of %s, found one of '%s'".formatted(origin, Text.shown(found)));
        }
        String[] lines = begun.substring(textEnd + 2).split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            NoteSignature.parse(lines[i]);
        }
        String last = lines[lines.length - 1];
        String expected = NoteSignature.PREFIX;
        if (!expected.startsWith(last) && !last.startsWith(expected)) {
            throw new MalformedSealException("expected a signature, found '%s'".formatted(Text.shown(last)));
        }
    }

    /** The first line of a kind of statement, or its beginning. */
    private void requireFirstLine(String begun) throws MalformedSealException {
        List<String> expected = origin == null
                ? List.of(SegmentStart.KIND)
                : List.of(SegmentStart.KIND, Succession.KIND, PruneRecord.KIND, origin);
        if (expected.stream()
                .map(line -> line + "\n")
                .noneMatch(line -> line.startsWith(begun) || begun.startsWith(line))) {
            throw new MalformedSealException(
                    "expected the beginning of a statement, found '%s'".formatted(Text.shown(begun)));
        }
    }

    /** Without a character at its end that is cut in its middle. */
    private static String beginning(byte[] bytes) throws MalformedSealException {
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        boolean isAll = false;
        if (StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), characters, isAll)
                .isError()) {
            throw new MalformedSealException("expected UTF-8");
        }
        String text = characters.flip().toString();
        Text.requireLines(text);
        return text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
