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
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements of a seal file, one after the other, and tells a statement that a crash left unfinished at the end from
 * one that was damaged. It looks at their form alone: whose signatures they have is for the caller to ask. Not thread-safe.
 */
public final class SealReader implements Closeable {
    /** Of a statement: one with the longest range and a dozen cosignatures has 6 KB. */
    public static final int MAX_STATEMENT_BYTES = 64 * 1024;

    /** The least that a disk writes, or does not, in one piece. */
    private static final int SECTOR_BYTES = 512;

    private final InputStream in;
    private long at;
    private long unfinishedFrom = -1;
    /** Whether the statement that was read last has its end. */
    private boolean finished;

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
        byte[] bytes = readStatement();
        try {
            return bytes.length == 0 ? null : statement(offset, bytes);
        } catch (MalformedSealException e) {
            throw new MalformedSealException("byte %d: %s".formatted(offset, e.getMessage()), e);
        }
    }

    private @Nullable SignedStatement statement(long offset, byte[] bytes) throws IOException, MalformedSealException {
        if (indexOf(bytes, (byte) 0, 0) >= 0) {
            requireUnwritten(offset, bytes);
            unfinishedFrom = offset;
            return null;
        }
        if (!finished) {
            requireBeginning(bytes);
            unfinishedFrom = offset;
            return null;
        }
        SignedNote note = SignedNote.parse(Arrays.copyOf(bytes, bytes.length - 1));
        return new SignedStatement(offset, at, note, Statement.parse(note.text()));
    }

    /** Where the unfinished statement begins that a crash left at the end; -1 if there is none, or it is not reached yet. */
    public long unfinishedFrom() {
        return unfinishedFrom;
    }

    /** Up to its second empty line, or the end of the file. */
    private byte[] readStatement() throws IOException, MalformedSealException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int empty = 0;
        int before = '\n';
        while (empty < 2) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            at++;
            bytes.write(next);
            empty += next == '\n' && before == '\n' ? 1 : 0;
            before = next;
            if (bytes.size() > MAX_STATEMENT_BYTES) {
                throw MalformedSealException.at(
                        at - bytes.size(), "expected a statement of at most %d bytes".formatted(MAX_STATEMENT_BYTES));
            }
        }
        finished = empty == 2;
        return bytes.toByteArray();
    }

    /** What is not there yet, was never written: whole sectors, or all to the end. */
    private void requireUnwritten(long offset, byte[] begun) throws IOException, MalformedSealException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(begun);
        byte[] rest = in.readNBytes(4 * MAX_STATEMENT_BYTES);
        at += rest.length;
        all.write(rest);
        byte[] bytes = all.toByteArray();
        int from = indexOf(bytes, (byte) 0, 0);
        while (from >= 0) {
            int to = from;
            while (to < bytes.length && bytes[to] == 0) {
                to++;
            }
            boolean toTheEnd = to == bytes.length;
            boolean sectors = (offset + from) % SECTOR_BYTES == 0 && (offset + to) % SECTOR_BYTES == 0;
            if ((!toTheEnd && !sectors) || in.read() >= 0) {
                throw new MalformedSealException("found NUL bytes that no crash leaves, from byte %d to %d"
                        .formatted(offset + from, offset + to));
            }
            from = indexOf(bytes, (byte) 0, to);
        }
    }

    /** One that a crash can have left: whatever is there of it could go on to be a statement. */
    private static void requireBeginning(byte[] bytes) throws MalformedSealException {
        String begun = beginning(bytes);
        int textEnd = begun.indexOf("\n\n");
        if (begun.startsWith("\n")) {
            throw new MalformedSealException("expected a statement, found an empty line");
        }
        if (textEnd < 0) {
            return;
        }
        Statement.parse(begun.substring(0, textEnd + 1));
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

    private static int indexOf(byte[] bytes, byte sought, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == sought) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
