package dev.affidavit.store;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The key that signs all statements about a log, as long as there is the log: what auditors and witnesses pin. */
final class LogKey {
    private static final String KIND = "affidavit-log-key 1";

    private LogKey() {}

    static Path file(LogDirectory directory) {
        return directory.keys().resolve("log.key");
    }

    /** Where it is until the first seal of the log is there: a log that has its key has seals. */
    static Path begun(LogDirectory directory) {
        return directory.keys().resolve("log.key.begun");
    }

    /** Makes the key of a log that is to be sealed from now on. */
    static SigningKey create(LogDirectory directory, Disk disk, String origin, SecureRandom random) throws IOException {
        SigningKey key = SigningKey.generate(origin, random);
        disk.replace(
                begun(directory),
                CheckedText.bytes(KIND, "private " + key.secretText(), "public " + key.verifierKey()));
        return key;
    }

    /** Gives the key its name, now that there is a seal; does nothing if it has it. */
    static void settle(LogDirectory directory, Disk disk) throws IOException {
        if (!KeyFile.exists(file(directory)) && KeyFile.exists(begun(directory))) {
            disk.rename(begun(directory), file(directory));
            disk.forceDirectory(directory.keys());
        }
    }

    /** @throws IOException if it is missing, damaged, or may be read by others; says what to do */
    static SigningKey read(LogDirectory directory) throws IOException {
        Path file = file(directory);
        String remedy =
                "Restore it from a backup; without it the log in %s cannot be sealed further: move that away to begin a new one."
                        .formatted(directory.path());
        if (!KeyFile.exists(file)) {
            throw new IOException("%s is missing: the key that this log is sealed with. %s".formatted(file, remedy));
        }
        String text = new String(KeyFile.read(file), StandardCharsets.ISO_8859_1); // its check finds other bytes
        try {
            List<String> values = CheckedText.values(text, KIND, "private", "public");
            SigningKey key = SigningKey.parse(values.get(0));
            if (!key.verifierKey().toString().equals(values.get(1))) {
                throw new MalformedKeyException("its public half is not that of its private one");
            }
            return key;
        } catch (IllegalArgumentException | MalformedSealException | MalformedKeyException e) {
            throw new IOException("%s is damaged: %s".formatted(file, remedy)); // and no word of what is in it
        }
    }

    private static final class MalformedKeyException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedKeyException(String message) {
            super(message);
        }
    }
}
