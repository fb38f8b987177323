package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
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
        MarkingKeys next = new MarkingKeys("new", closed, null);
        try (Confidentiality confidentiality = of(new MarkingKeys("old", closed, null))) {
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
        try (Confidentiality confidentiality = of(new MarkingKeys("old", closed, null))) {
            assertThat(confidentiality.change(null)).isNull();

            assertThat(written(confidentiality)).isEqualTo("event\n");
        }
    }

    @Test
    void shouldGoOnWithTheKeyBeforeIfTheNewOneCannotBeUsed() {
        MarkingKeys old = new MarkingKeys("old", closed, null);
        try (Confidentiality confidentiality = of(old)) {
            assertThat(confidentiality.change(
                            new MarkingKeys("new", closed, new IOException("the service does not answer"))))
                    .isEqualTo(old);
            assertThat(confidentiality.change(new MarkingKeys("newer", closed, new IllegalStateException())))
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
        MarkingKeys first = new MarkingKeys("first", closed, new IOException("the service does not answer"));
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
}
