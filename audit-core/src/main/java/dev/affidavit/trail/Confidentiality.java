package dev.affidavit.trail;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogWriter;
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

    /** Null if lines are not encrypted. */
    private volatile @Nullable Stage stage;
    /** What is in force, and was since the log was opened, the newest first. Replaced as a whole by who changes the stage. */
    private volatile List<Encryption> known;

    /** What is in force. */
    private record Stage(Encryption encryption, Encrypter encrypter, KeysAhead keys) implements AutoCloseable {
        static Stage of(Encryption encryption, String logId, FrameworkStatus status) {
            Encrypter encrypter = encryption.encrypter(logId);
            return new Stage(encryption, encrypter, new KeysAhead(encrypter, status));
        }

        /** Why no line can be encrypted now; null if it can. */
        @Nullable
        String problem() {
            try {
                encrypter.prepare();
                return null;
            } catch (Throwable e) { // others' code: an Error too, which need not say why
                String message = e.getMessage();
                return message == null ? e.toString() : message;
            }
        }

        /** No line is on its way. */
        @Override
        public void close() {
            keys.close();
            encrypter.close();
        }
    }

    private Confidentiality(Path directory, String logId, FrameworkStatus status, @Nullable Stage stage) {
        this.directory = directory;
        this.logId = logId;
        this.status = status;
        this.stage = stage;
        this.known = Stream.ofNullable(stage).map(Stage::encryption).toList();
    }

    /**
     * For a log that was opened.
     *
     * @param encryption null if its lines are not encrypted
     */
    static Confidentiality of(LogWriter writer, @Nullable Encryption encryption, FrameworkStatus status) {
        Stage stage = encryption == null ? null : Stage.of(encryption, writer.id(), status);
        return new Confidentiality(writer.directory(), writer.id(), status, stage);
    }

    /** The line as it goes to the log. */
    Line of(Line plain) {
        Stage now = stage;
        return now == null ? plain : new EncryptedLine(plain, now.encrypter(), now.keys());
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
        Encryption earlier = before == null ? null : before.encryption();
        if (Objects.equals(earlier, next)) {
            return earlier;
        }
        Stage wanted = next == null ? null : Stage.of(next, logId, status);
        String problem = wanted == null ? null : wanted.problem();
        if (wanted != null && problem != null) {
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
                wanted.close();
                return earlier;
            }
        }
        known = Stream.concat(Stream.ofNullable(next), known.stream().filter(one -> !one.equals(next)))
                .toList();
        stage = wanted;
        if (before != null) {
            before.keys().close(); // its content keys are left to the collector: a line on its way may still need them
        }
        return next;
    }

    /** To be called when no line is on its way. */
    @Override
    public void close() {
        Stage last = stage;
        if (last != null) {
            last.close();
        }
    }
}
