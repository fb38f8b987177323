package dev.affidavit.encryption;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.store.MovedLines;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;

/**
 * Opens the lines of a log that may have both kinds, each in its place: where it was written, or where the log's own notes say that
 * it was copied to. For one thread at a time.
 */
public final class LogDecrypter implements Decrypter {
    private final LineDecrypter lines;
    private final MovedLines moved;

    private LogDecrypter(LineDecrypter lines, MovedLines moved) {
        this.lines = lines;
        this.moved = moved;
    }

    /**
     * For the log in this directory, with its files or without.
     *
     * @param logId which its lines must be of
     */
    public static LogDecrypter of(Path logDirectory, String logId, KeyRing keys) {
        return new LogDecrypter(new LineDecrypter(logId, keys), MovedLines.of(logDirectory));
    }

    @Override
    public byte[] decrypt(StoredLine line) throws LineDecryptionException {
        return LineDecrypter.isPlain(line)
                ? line.bytes()
                : lines.decrypt(line, segment -> moved.stand(segment, line.segment()));
    }

    @Override
    public void close() {
        lines.close();
    }
}
