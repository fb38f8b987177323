package dev.affidavit.encryption;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.store.MovedLines;
import dev.affidavit.store.StoredLine;

/** Opens the lines of a log that may have both kinds, each in its place. For one thread at a time. */
final class LogDecrypter implements Decrypter {
    private final LineDecrypter lines;
    private final MovedLines moved;

    LogDecrypter(LineDecrypter lines, MovedLines moved) {
        this.lines = lines;
        this.moved = moved;
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
