package dev.affidavit.cli;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.verify.Anchors;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was kept of a log elsewhere: checkpoints as text, one behind the other, and events as lines of JSON, in any order. Not
 * thread-safe.
 */
final class EvidenceReader {
    /** Instead of a file. */
    static final String STANDARD_INPUT = "-";

    /** A search result can be one line; whoever wrote the file must not fill our memory. */
    private static final int MAX_LINE_BYTES = 256 * 1024 * 1024;

    private static final String SIGNATURE = "— ";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Anchors.Builder anchors = Anchors.builder();
    private final ExportedEvents exported = new ExportedEvents();
    private long checkpoints;
    private long events;
    private long plainEvents;

    /** All that was read so far. */
    Anchors anchors() {
        return anchors.build();
    }

    long checkpoints() {
        return checkpoints;
    }

    long events() {
        return events;
    }

    /** How many of the events are not encrypted. */
    long plainEvents() {
        return plainEvents;
    }

    /**
     * Adds what is in a file.
     *
     * @throws IOException if it cannot be read, or holds something else; names the line
     */
    void read(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            read("standard input", System.in);
            return;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            read(file, in);
        }
    }

    /**
     * Adds a line that a destination has of the log.
     *
     * @param id under which it has it; null if it has none
     */
    void stored(byte[] line, @Nullable String id) {
        anchors.stored(line, id);
        count(line);
        String checkpoint = exported.checkpoint(line);
        try {
            if (checkpoint != null) {
                anchors.checkpoint(checkpoint);
                checkpoints++;
            }
        } catch (MalformedSealException e) {
            // Somebody changed it there: the line is not found in the log then, and that is told.
        }
    }

    private void count(byte[] line) {
        events++;
        plainEvents += EncryptedLines.isEncrypted(line) ? 0 : 1;
    }

    private void read(String name, InputStream in) throws IOException {
        new Source(name, new BufferedInputStream(in)).read();
    }

    /** A file that is being read. */
    private final class Source {
        private final String name;
        private final InputStream in;
        private long number;
        private final StringBuilder note = new StringBuilder();
        private long noteBegins;

        Source(String name, InputStream in) {
            this.name = name;
            this.in = in;
        }

        void read() throws IOException {
            for (byte[] line = next(); line != null; line = next()) {
                String text = new String(line, StandardCharsets.UTF_8);
                boolean hasSignatures = note.indexOf("\n\n") >= 0;
                if (hasSignatures && !text.startsWith(SIGNATURE)) {
                    endNote();
                }
                if (note.isEmpty() && text.startsWith("{")) {
                    addJson(line);
                } else if (note.isEmpty() && EncryptedLines.isEncrypted(line)) {
                    anchors.event(line);
                    count(line);
                } else if (!note.isEmpty() || !text.isBlank()) {
                    noteBegins = note.isEmpty() ? number : noteBegins;
                    note.append(text).append('\n');
                    requireShort();
                }
            }
            if (!note.isEmpty()) {
                endNote();
            }
        }

        private void requireShort() throws IOException {
            if (note.length() > SealReader.MAX_STATEMENT_BYTES) {
                throw wrong(noteBegins, "it is neither a line of JSON nor a checkpoint");
            }
        }

        private void endNote() throws IOException {
            try {
                anchors.checkpoint(note.toString());
                checkpoints++;
                note.setLength(0);
            } catch (MalformedSealException e) {
                throw wrong(noteBegins, String.valueOf(e.getMessage()));
            }
        }

        private void addJson(byte[] line) throws IOException {
            try {
                ExportedEvents.Found found = exported.in(line);
                for (byte[] event : found.lines()) {
                    anchors.event(event);
                    count(event);
                }
                for (String checkpoint : found.checkpoints()) {
                    anchors.checkpoint(checkpoint);
                    checkpoints++;
                }
            } catch (MalformedExportException | MalformedSealException e) {
                throw wrong(number, String.valueOf(e.getMessage()));
            }
        }

        private IOException wrong(long line, String problem) {
            return new IOException("%s line %d: expected a checkpoint or events as JSON, an object in a line: %s"
                    .formatted(name, line, problem));
        }

        /** Without what ends it; null if there is no more. */
        private byte @Nullable [] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int b = in.read();
            if (b < 0) {
                return null;
            }
            number++;
            while (b >= 0 && b != '\n') {
                line.write(b);
                if (line.size() > MAX_LINE_BYTES) {
                    throw wrong(number, "it has more than %d bytes".formatted(MAX_LINE_BYTES));
                }
                b = in.read();
            }
            return trimmed(line.toByteArray());
        }

        /** What programs of Windows put around lines is in none of a log. */
        private byte[] trimmed(byte[] line) {
            byte[] mark = BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8);
            boolean marked = number == 1
                    && line.length >= mark.length
                    && Arrays.equals(line, 0, mark.length, mark, 0, mark.length);
            int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
            return Arrays.copyOfRange(line, marked ? mark.length : 0, end);
        }
    }
}
