package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.store.CursorClaim;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.StoredLine;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events of the sample log are a microsecond apart. */
final class BeginningTest {
    private static final int EVENTS = 20;
    private static final Instant FIRST = Instant.parse("2026-11-20T22:24:14Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final RecordingStatus status = new RecordingStatus();

    @BeforeEach
    void writeSeveralFiles() {
        try (SampleLog log = open()) {
            log.appendEvents(0, EVENTS);
        }
    }

    private SampleLog open() {
        return SampleLog.with(LogOptions.in(directory).maxSegmentBytes(2048).build());
    }

    private void begin(Instant from) {
        try (Beginning beginning = new Beginning(directory, from, Decrypter.WITHOUT_KEYS, status)) {
            beginning.of("soc");
        }
    }

    /** What a forwarder would send. */
    private List<String> behindCursor() {
        Position cursor = Cursors.of(directory).read("soc").orElseThrow();
        try (LogReader reader = LogReader.from(directory, cursor)) {
            return reader.read(100, Integer.MAX_VALUE).stream()
                    .map(StoredLine::bytes)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1000, 0", "0, 0", "1, 1", "9, 9", "19, 19", "20, 20", "60000000, 20"})
    void shouldBeginWithTheFirstEventThatIsNotBefore(long micros, int first) {
        begin(FIRST.plusNanos(micros * 1000));

        assertThat(behindCursor()).hasSize(EVENTS - first);
        assertThat(behindCursor().stream().limit(1)).allMatch(SampleLog.event(first)::equals);
        assertThat(status.messages())
                .singleElement()
                .asString()
                .startsWith("INFO forwarder 'soc' has no cursor yet: it begins in security_audit_");
    }

    @Test
    void shouldSendWhatIsWrittenLaterIfThereIsNothingSoLate() {
        begin(FIRST.plusSeconds(60));

        try (SampleLog log = open()) {
            log.appendEvents(EVENTS, EVENTS + 1);
        }

        assertThat(behindCursor()).containsExactly(SampleLog.event(EVENTS));
    }

    @Test
    void shouldLeaveACursorThatIsThere() {
        begin(FIRST.plusNanos(5000));
        List<String> before = behindCursor();

        begin(FIRST);

        assertThat(behindCursor()).isEqualTo(before);
        assertThat(status.messages().get(1))
                .isEqualTo(
                        "INFO forwarder 'soc' goes on where its cursor is; 'from' counts only for one that has none");
    }

    @Test
    void shouldBeginThereIfItWasCutShortTheFirstTime() {
        Cursors.of(directory).claim("soc").orElseThrow().close();

        begin(FIRST.plusNanos(5000));

        assertThat(behindCursor()).hasSize(EVENTS - 5);
    }

    @Test
    void shouldLeaveTheCursorToWhomHoldsIt() {
        try (CursorClaim other = Cursors.of(directory).claim("soc").orElseThrow()) {
            assertThat(other.isFirst()).isTrue();

            begin(FIRST);

            assertThat(Cursors.of(directory).read("soc")).isEmpty();
        }
    }

    @Test
    void shouldLeaveADamagedCursorToTheForwarder() throws IOException {
        begin(FIRST);
        Path cursor = directory.resolve(".affidavit/cursors/soc.cursor");
        Files.writeString(cursor, "nonsense");

        begin(FIRST);

        assertThat(cursor).hasContent("nonsense");
    }

    @Test
    void shouldPassOverLinesThatAreNoEvents() {
        try (SampleLog log = open()) {
            log.append("no event");
            log.append("{\"timestamp\":\"late\"}");
            log.append(
                    "{\"id\":\"evt_1\",\"timestamp\":\"2026-11-21T00:00:00.000000Z\",\"event_type\":\"X\",\"severity\":\"INFO\"}");
        }

        begin(Instant.parse("2026-11-21T00:00:00Z"));

        assertThat(behindCursor()).singleElement().asString().contains("evt_1");
    }
}
