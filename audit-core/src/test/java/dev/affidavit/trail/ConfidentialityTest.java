package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.spi.PlainLine;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfidentialityTest {
    private static final String REFUSED = "audit log: AuditEncryption was changed, but its key cannot be used: ";

    @TempDir
    private Path directory = Path.of("unused");

    private final FakeStatus status = new FakeStatus();
    private final List<String> closed = new ArrayList<>();
    private @Nullable LogWriter writer;

    @BeforeEach
    void open() {
        writer = LogWriter.open(LogOptions.in(directory.resolve("log")).build(), LogListener.NONE);
    }

    @AfterEach
    void close() {
        writer().close();
    }

    private LogWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("not open");
        }
        return writer;
    }

    private Confidentiality of(@Nullable Encryption encryption) {
        return Confidentiality.of(writer(), encryption, status);
    }

    private static String written(Confidentiality by) {
        Line line = by.of(new PlainLine("event"));
        line.enter("segment");
        return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldTakeAnotherKey() {
        Keys next = new Keys("new", null);
        try (Confidentiality confidentiality = of(new Keys("old", null))) {
            assertThat(written(confidentiality)).isEqualTo("old event\n");

            assertThat(confidentiality.change(next)).isEqualTo(next);

            assertThat(written(confidentiality)).isEqualTo("new event\n");
            assertThat(closed).isEmpty(); // a line may be on its way with the one before
        }
        assertThat(closed).containsExactly("new");
        assertThat(status.errors).isEmpty();
    }

    @Test
    void shouldWriteInPlainIfThatIsWanted() {
        try (Confidentiality confidentiality = of(new Keys("old", null))) {
            assertThat(confidentiality.change(null)).isNull();

            assertThat(written(confidentiality)).isEqualTo("event\n");
        }
    }

    @Test
    void shouldGoOnWithTheKeyBeforeIfTheNewOneCannotBeUsed() {
        Keys old = new Keys("old", null);
        try (Confidentiality confidentiality = of(old)) {
            assertThat(confidentiality.change(new Keys("new", new IOException("the service does not answer"))))
                    .isEqualTo(old);
            assertThat(confidentiality.change(new Keys("newer", new IllegalStateException())))
                    .isEqualTo(old);

            assertThat(written(confidentiality)).isEqualTo("old event\n");
            assertThat(closed).containsExactly("new", "newer");
        }
        String goesOn = ". The key before, old, goes on encrypting until the configuration is read again";
        assertThat(status.errors)
                .containsExactly(
                        REFUSED + "the service does not answer" + goesOn,
                        REFUSED + "java.lang.IllegalStateException" + goesOn);
    }

    /** What is to be encrypted is never written in plain. */
    @Test
    void shouldRecordNothingWhileTheFirstKeyCannotBeUsed() {
        Keys first = new Keys("first", new IOException("the service does not answer"));
        try (Confidentiality confidentiality = of(null)) {
            assertThat(written(confidentiality)).isEqualTo("event\n");

            assertThat(confidentiality.change(first)).isEqualTo(first);

            assertThatThrownBy(() -> written(confidentiality))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("not recorded, since it cannot be encrypted: the service does not answer");
        }
        assertThat(status.errors)
                .containsExactly(REFUSED + "the service does not answer. No event is recorded until it can");
    }

    /** A key that puts its id before each line, where another would encrypt it. */
    private final class Keys implements Encryption {
        private final String keyId;
        /** Why it cannot be used; null if it can. */
        private final @Nullable Exception failure;

        Keys(String keyId, @Nullable Exception failure) {
            this.keyId = keyId;
            this.failure = failure;
        }

        @Override
        public String keyId() {
            return keyId;
        }

        @Override
        public Set<String> keyIds() {
            return Set.of(keyId);
        }

        @Override
        public Encrypter encrypter(String logId) {
            return new Marking(keyId, failure);
        }

        @Override
        public Decrypter decrypter(Path logDirectory, String logId) {
            return Decrypter.WITHOUT_KEYS;
        }
    }

    private final class Marking implements Encrypter {
        private final String keyId;
        private final @Nullable Exception failure;
        private byte[] marked = new byte[0];

        Marking(String keyId, @Nullable Exception failure) {
            this.keyId = keyId;
            this.failure = failure;
        }

        @Override
        public boolean isPrepared() {
            return true;
        }

        @Override
        public void prepare() throws IOException {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (failure instanceof IOException checked) {
                throw checked;
            }
        }

        @Override
        public int maxStoredLength(int lineLength) {
            return keyId.length() + 1 + lineLength;
        }

        @Override
        public void encrypt(String segment, byte[] line, int lineLength) throws IOException {
            prepare();
            String plain = new String(Arrays.copyOf(line, lineLength), StandardCharsets.UTF_8);
            marked = (keyId + " " + plain).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] bytes() {
            return marked;
        }

        @Override
        public int length() {
            return marked.length;
        }

        @Override
        public void close() {
            closed.add(keyId);
        }
    }
}
