package dev.affidavit.forward;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/** Keys by name, and lines that have the form of encrypted ones. A line opens where it stands in its file, and nowhere else. */
final class FakeKeys {
    private static final String DAMAGED = "!";

    private final Path directory;
    final Set<String> keys = new HashSet<>();
    int opened;
    int closed;
    int asked;

    FakeKeys(Path directory, String... keys) {
        this.directory = directory;
        this.keys.addAll(Arrays.asList(keys));
    }

    static String encrypted(String key, String text) {
        return "eyJ.%s.%s.iv.tag"
                .formatted(key, Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String damaged(String key) {
        return "eyJ.%s.%s.iv.tag".formatted(key, DAMAGED);
    }

    Decrypter decrypter() {
        opened++;
        return new Decrypter() {
            @Override
            public byte[] decrypt(StoredLine line) throws UndecryptableLineException {
                asked++;
                return EncryptedLines.isEncrypted(line.bytes()) ? open(line) : line.bytes();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private byte[] open(StoredLine line) throws UndecryptableLineException {
        String[] parts = new String(line.bytes(), StandardCharsets.UTF_8).split("\\.", -1);
        if (!keys.contains(parts[1])) {
            throw new UndecryptableLineException(line, parts[1], true, "expected a key of this id, found none", null);
        }
        if (parts[2].equals(DAMAGED)) {
            throw new UndecryptableLineException(line, parts[1], false, "expected other bytes", null);
        }
        if (!standsThere(line)) {
            throw new UndecryptableLineException(line, parts[1], false, "expected a line of another place", null);
        }
        return Base64.getUrlDecoder().decode(parts[2]);
    }

    private boolean standsThere(StoredLine line) {
        try {
            byte[] file = Files.readAllBytes(directory.resolve(line.segment()));
            return Arrays.equals(Arrays.copyOfRange(file, (int) line.offset(), (int) line.end() - 1), line.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
