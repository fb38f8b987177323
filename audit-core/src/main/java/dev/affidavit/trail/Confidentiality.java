package dev.affidavit.trail;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** With which keys the lines of a log are encrypted, and read again. Thread-safe. */
final class Confidentiality implements AutoCloseable {
    private final Path directory;
    private final String logId;
    private final FrameworkStatus status;

    private volatile Stage stage;
    /** What is in force, and was since the log was opened, the newest first. Replaced as a whole by who changes the stage. */
    private volatile List<Encryption> known;

    /**
     * What is in force.
     *
     * @param encrypter null, as the others, if lines are not encrypted
     */
    private record Stage(
            @Nullable Encryption encryption,
            @Nullable Encrypter encrypter,
            @Nullable KeysAhead keys) {
        static final Stage PLAIN = new Stage(null, null, null);
    }

    private Confidentiality(Path directory, String logId, FrameworkStatus status, Stage stage) {
        this.directory = directory;
        this.logId = logId;
        this.status = status;
        this.stage = stage;
        this.known = Stream.ofNullable(stage.encryption()).toList();
    }

    /**
     * For a log that was opened.
     *
     * @param encryption null if its lines are not encrypted
     */
    static Confidentiality of(LogWriter writer, @Nullable Encryption encryption, FrameworkStatus status) {
        return new Confidentiality(writer.directory(), writer.id(), status, stage(encryption, writer.id(), status));
    }

    private static Stage stage(@Nullable Encryption encryption, String logId, FrameworkStatus status) {
        if (encryption == null) {
            return Stage.PLAIN;
        }
        Encrypter encrypter = encryption.encrypter(logId);
        return new Stage(encryption, encrypter, new KeysAhead(encrypter, status));
    }

    /** The line as it goes to the log. */
    Line of(Line plain) {
        Stage now = stage;
        return now.encrypter() == null || now.keys() == null
                ? plain
                : new EncryptedLine(plain, now.encrypter(), now.keys());
    }

    /** Opens lines of the log, with the keys of now and later; for one thread. */
    Decrypter decrypter() {
        return new CurrentKeys(directory, logId, () -> known);
    }

    /**
     * Puts other keys in force, from the next line on. The one before goes on encrypting if the new one cannot be used now. If there
     * was none, events are refused until it can: what is to be encrypted is never written in plain.
     *
     * @return what is in force
     */
    @Nullable
    Encryption change(@Nullable Encryption next) {
        Stage before = stage;
        Encryption earlier = before.encryption();
        if (Objects.equals(earlier, next)) {
            return earlier;
        }
        Stage wanted = stage(next, logId, status);
        String problem = problem(wanted);
        if (problem != null) {
            status.error(
                    "audit log: AuditEncryption was changed, but its key cannot be used: %s. %s"
                            .formatted(
                                    problem,
                                    earlier == null
                                            ? "No event is recorded until it can"
                                            : "The key before, %s, goes on encrypting until the configuration is read again"
                                                    .formatted(earlier.keyId())),
                    null);
            if (earlier != null) {
                return earlier;
            }
        }
        known = Stream.concat(Stream.ofNullable(next), known.stream().filter(one -> !one.equals(next)))
                .toList();
        stage = wanted;
        // The content keys before are left to the collector: a line on its way may still be encrypted with them.
        endKeys(before);
        return next;
    }

    private static @Nullable String problem(Stage of) {
        try {
            if (of.encrypter() != null) {
                of.encrypter().prepare();
            }
            return null;
        } catch (IOException | RuntimeException e) { // others' code, which need not say why
            String message = e.getMessage();
            return message == null ? e.toString() : message;
        }
    }

    private static void endKeys(Stage of) {
        KeysAhead keys = of.keys();
        if (keys != null) {
            keys.close();
        }
    }

    /** To be called when no line is on its way. */
    @Override
    public void close() {
        Stage last = stage;
        endKeys(last);
        if (last.encrypter() != null) {
            last.encrypter().close();
        }
    }
}
