package dev.affidavit.trail;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens lines with the keys that are configured: when these change, a line that those before did not open is tried again. */
final class CurrentKeys implements Decrypter {
    private final Path directory;
    private final String logId;
    private final Supplier<@Nullable Encryption> configured;

    private @Nullable Encryption used;
    private Decrypter decrypter = WITHOUT_KEYS;

    /** @param configured what is in force; thread-safe */
    CurrentKeys(Path directory, String logId, Supplier<@Nullable Encryption> configured) {
        this.directory = directory;
        this.logId = logId;
        this.configured = configured;
    }

    @Override
    public byte[] decrypt(StoredLine line) throws UndecryptableLineException {
        try {
            return decrypter.decrypt(line);
        } catch (UndecryptableLineException e) {
            Encryption now = configured.get();
            if (!e.isOfKeys() || now == used || now == null) { // without any, those before are all there is
                throw e;
            }
            decrypter.close();
            decrypter = now.decrypter(directory, logId);
            used = now;
            return decrypter.decrypt(line);
        }
    }

    @Override
    public void close() {
        decrypter.close();
    }
}
