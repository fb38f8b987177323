package dev.affidavit.trail;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens lines with the keys that are configured, and with those that were before: who reads lags behind who writes, and a key that is
 * replaced in between was that of lines still to be read.
 */
final class CurrentKeys implements Decrypter {
    private final Path directory;
    private final String logId;
    private final Supplier<List<Encryption>> configured;

    private final Map<Encryption, Decrypter> decrypters = new HashMap<>();
    /** The one that opened the line before. */
    private Decrypter last = WITHOUT_KEYS;

    /** @param configured what is in force, and what was, the newest first; thread-safe */
    CurrentKeys(Path directory, String logId, Supplier<List<Encryption>> configured) {
        this.directory = directory;
        this.logId = logId;
        this.configured = configured;
    }

    @Override
    public byte[] decrypt(StoredLine line) throws UndecryptableLineException {
        try {
            return last.decrypt(line);
        } catch (UndecryptableLineException e) {
            if (!e.isOfKeys()) {
                throw e;
            }
            return decryptWithOthers(line, e);
        }
    }

    private byte[] decryptWithOthers(StoredLine line, UndecryptableLineException withoutThem)
            throws UndecryptableLineException {
        UndecryptableLineException problem = null;
        for (Encryption encryption : configured.get()) {
            Decrypter next = decrypters.computeIfAbsent(encryption, keys -> keys.decrypter(directory, logId));
            try {
                byte[] plain = next.decrypt(line);
                last = next;
                return plain;
            } catch (UndecryptableLineException e) {
                if (!e.isOfKeys()) { // these keys are the right ones: others are of no use
                    throw e;
                }
                problem = problem == null ? e : problem; // what the keys in force have to say
            }
        }
        throw problem == null ? withoutThem : problem;
    }

    @Override
    public void close() {
        decrypters.values().forEach(Decrypter::close);
    }
}
