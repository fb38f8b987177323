package dev.affidavit.cli;

import dev.affidavit.encryption.EncryptionKeyException;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LineEncrypter;
import dev.affidavit.store.Durability;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.SealOptions;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sealed log of several files: 10 lines under one key, 5 plain ones, 15 under another key. */
final class EncryptedLog {
    static final String FIRST = "2026-10";
    static final String SECOND = "2026-11";
    static final int EVENTS = 30;
    static final int ENCRYPTED = 25;
    private static final int FIRST_PLAIN = 10;
    private static final int BEHIND_PLAIN = 15;
    private static final int SEGMENT_BYTES = 5000;

    private final Path directory;
    private final Path keys;

    private EncryptedLog(Path directory, Path keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /** @param temporary gets a directory of the log and one of key files */
    static EncryptedLog in(Path temporary) throws IOException {
        EncryptedLog log =
                new EncryptedLog(temporary.resolve("log"), Files.createDirectories(temporary.resolve("keys")));
        for (String id : List.of(FIRST, SECOND)) {
            Path file = Files.writeString(log.keys.resolve(id), HexFormat.of().formatHex(key(id)));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        log.append(0, FIRST_PLAIN, FIRST);
        log.append(FIRST_PLAIN, BEHIND_PLAIN, null);
        log.append(BEHIND_PLAIN, EVENTS, SECOND);
        return log;
    }

    static byte[] key(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(int from, int to, @Nullable String keyId) {
        LogOptions options = LogOptions.in(directory)
                .maxSegmentBytes(SEGMENT_BYTES)
                .diskReserveBytes(0)
                .seal(SealOptions.of(SealedLog.ORIGIN))
                .build();
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            LineEncrypter encrypter = keyId == null
                    ? null
                    : new LineEncrypter(
                            writer.id(),
                            KeyRing.of(keyId, Map.of(keyId, KeyEncryptionKey.of(key(keyId)))),
                            new SecureRandom());
            for (int i = from; i < to; i++) {
                writer.append(new EventLine(SampleLog.event(i), encrypter), Durability.WRITTEN);
            }
        }
    }

    Path directory() {
        return directory;
    }

    String id() throws IOException {
        return Files.readString(directory.resolve(".affidavit/log-id")).strip();
    }

    /** {@code ID=REFERENCE} of a key that the log has. */
    String reference(String keyId) {
        return "%s=file:%s".formatted(keyId, keys.resolve(keyId));
    }

    /** Options that give both keys, behind other arguments. */
    Object[] withKeys(Object... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--decryption-key", reference(FIRST), "--decryption-key", reference(SECOND)))
                .toArray();
    }

    static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    static List<String> events() {
        return events(0, EVENTS);
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    /** As they are stored. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path segment : segments()) {
            lines.addAll(Files.readAllLines(segment));
        }
        return lines;
    }

    /** What must be nowhere: both keys in each form in which somebody could show them. */
    static String[] secrets() {
        return Stream.of(FIRST, SECOND)
                .map(EncryptedLog::key)
                .flatMap(key -> Stream.of(
                        HexFormat.of().formatHex(key),
                        HexFormat.of().withUpperCase().formatHex(key),
                        Base64.getEncoder().withoutPadding().encodeToString(key),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(key)))
                .toArray(String[]::new);
    }

    /** A line that is encrypted when its segment is known. */
    private static final class EventLine implements Line {
        private final byte[] plain;
        private final @Nullable LineEncrypter encrypter;

        EventLine(String event, @Nullable LineEncrypter encrypter) {
            this.plain = (event + "\n").getBytes(StandardCharsets.UTF_8);
            this.encrypter = encrypter;
        }

        @Override
        public int maxLength() {
            return encrypter == null ? plain.length : encrypter.maxStoredLength(plain.length);
        }

        @Override
        public void enter(String segment) {
            try {
                if (encrypter != null) {
                    encrypter.encrypt(segment, plain, plain.length);
                }
            } catch (EncryptionKeyException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] bytes() {
            return encrypter == null ? plain : encrypter.bytes();
        }

        @Override
        public int length() {
            return encrypter == null ? plain.length : encrypter.length();
        }
    }
}
