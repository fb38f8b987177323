package dev.affidavit.acceptance;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoredLine;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.trail.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The lines of a log that may be encrypted, as who has the key reads them. */
final class EncryptedLog {
    /** Of the applications that are given one. */
    static final String KEY = "6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1";

    static final String KEY_ID = "2026-11";

    private static final int SOME = 1000;

    private EncryptedLog() {}

    /** Under {@link #KEY}, which is written to a file beside the log. */
    static String content(Path log) throws IOException {
        Path key = keyFile(log.resolveSibling("reader"));
        Problems problems = new Problems();
        Encryption encryption = Services.encryption(new RecordingStatus())
                .orElseThrow()
                .configure(new Options(
                        new ConfigNode("keys", Map.of("key", "file:" + key, "keyId", KEY_ID), List.of()),
                        "keys",
                        problems));
        if (!problems.all().isEmpty()) {
            throw new AssertionError(problems.all());
        }
        String logId = Files.readString(log.resolve(".affidavit/log-id")).strip();
        StringBuilder content = new StringBuilder();
        try (LogReader reader = LogReader.fromOldest(log);
                Decrypter decrypter = encryption.decrypter(log, logId)) {
            List<StoredLine> lines = reader.read(SOME, SOME * SOME);
            while (!lines.isEmpty()) {
                for (StoredLine line : lines) {
                    content.append(new String(decrypter.decrypt(line), StandardCharsets.UTF_8))
                            .append('\n');
                }
                lines = reader.read(SOME, SOME * SOME);
            }
        }
        return content.toString();
    }

    /** A file with the key, for an application that is to be configured with it. */
    static Path keyFile(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, KEY);
        }
        return file;
    }
}
