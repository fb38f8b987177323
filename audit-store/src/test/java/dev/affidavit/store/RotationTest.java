package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RotationTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private TestLog test;

    @BeforeEach
    void prepare() {
        test = new TestLog(directory);
    }

    private LogWriter open(Duration interval) {
        return test.open(test.options().rotationInterval(interval).build());
    }

    private void appendAt(LogWriter log, String... times) {
        for (String time : times) {
            test.clock.set(Instant.parse(time));
            log.append(TextLine.of(time), Durability.WRITTEN);
        }
    }

    /** The lines of each file. */
    private List<List<String>> files() throws Exception {
        List<List<String>> files = new ArrayList<>();
        for (String name : LogFiles.names(directory)) {
            files.add(LogFiles.linesOf(directory.resolve(name)));
        }
        return files;
    }

    @Test
    void shouldBeginAFileAtMidnightInUtc() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z", "2026-11-21T23:59:59.999Z", "2026-11-22T00:00:00Z");
            appendAt(log, "2026-11-22T23:59:59Z", "2026-11-23T00:00:01Z");
        }

        assertThat(files())
                .containsExactly(
                        List.of("2026-11-21T10:00:00Z", "2026-11-21T23:59:59.999Z"),
                        List.of("2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z"),
                        List.of("2026-11-23T00:00:01Z"));
        assertThat(LogFiles.names(directory))
                .containsExactly(
                        "security_audit_2026-11-21_10-00-00.log",
                        "security_audit_2026-11-22_00-00-00.log",
                        "security_audit_2026-11-23_00-00-01.log");
    }

    @Test
    void shouldBeginAFileAtTheFullHour() throws Exception {
        try (LogWriter log = open(Duration.ofHours(1))) {
            appendAt(log, "2026-11-21T10:00:00Z", "2026-11-21T10:59:59Z", "2026-11-21T11:00:00Z");
        }

        assertThat(files())
                .containsExactly(
                        List.of("2026-11-21T10:00:00Z", "2026-11-21T10:59:59Z"), List.of("2026-11-21T11:00:00Z"));
    }

    @Test
    void shouldMakeNoFilesWhileNothingIsWritten() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z", "2026-12-24T10:00:00Z");
        }

        assertThat(files()).containsExactly(List.of("2026-11-21T10:00:00Z"), List.of("2026-12-24T10:00:00Z"));
    }

    @Test
    void shouldNotBeginAFileBehindOneThatHasNoLine() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-25T10:00:00Z");
        }

        assertThat(files()).containsExactly(List.of("2026-11-25T10:00:00Z"));
    }

    @Test
    void shouldNotBeginAFileForEachLineAfterTheClockStepsBackOverMidnight() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T23:59:59Z", "2026-11-22T00:00:00Z", "2026-11-21T23:59:58Z");
            appendAt(log, "2026-11-21T23:59:59Z", "2026-11-22T00:00:00Z", "2026-11-22T00:00:01Z");
        }

        assertThat(files()).hasSize(2);
        assertThat(files().get(1)).hasSize(5);
    }

    @Test
    void shouldBeginOneFileWhenTheClockComesBackFromAYearAhead() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z", "2027-11-21T10:00:00Z", "2027-11-21T10:00:01Z");
            appendAt(log, "2026-11-21T10:00:02Z", "2026-11-21T10:00:03Z", "2026-11-22T10:00:00Z");
        }

        assertThat(files())
                .containsExactly(
                        List.of("2026-11-21T10:00:00Z"),
                        List.of("2027-11-21T10:00:00Z", "2027-11-21T10:00:01Z"),
                        List.of("2026-11-21T10:00:02Z", "2026-11-21T10:00:03Z"),
                        List.of("2026-11-22T10:00:00Z"));
        assertThat(LogFiles.names(directory)).endsWith("security_audit_2027-11-21_10-00-00_002.log");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T23:00:00Z,1", "2026-11-22T00:00:00Z,2", "2026-12-24T00:00:00Z,2"})
    void shouldBeginAFileAfterARestartIfTheLastLineIsOfAnEarlierDay(String restarted, int files) throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z");
        }
        Files.setLastModifiedTime(LogFiles.only(directory), FileTime.from(Instant.parse("2026-11-21T10:00:00Z")));
        test.clock.set(Instant.parse(restarted));

        try (LogWriter log = open(DAY)) {
            assertThat(LogFiles.names(directory)).hasSize(1);
            appendAt(log, restarted);
        }

        assertThat(files()).hasSize(files);
    }

    @Test
    void shouldRememberTheDayOfALastLineThatWasTorn() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z");
        }
        Path first = LogFiles.only(directory);
        Files.writeString(first, "torn", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(first, FileTime.from(Instant.parse("2026-11-21T10:00:00Z")));

        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-22T10:00:00Z");
        }

        assertThat(files()).containsExactly(List.of("2026-11-21T10:00:00Z"), List.of("2026-11-22T10:00:00Z"));
    }

    @Test
    void shouldApplyANewInterval() throws Exception {
        try (LogWriter log = open(DAY)) {
            appendAt(log, "2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z");
            log.reconfigure(test.options().rotationInterval(Duration.ofHours(1)).build());
            appendAt(log, "2026-11-21T11:30:00Z", "2026-11-21T12:00:00Z");
        }

        assertThat(files()).hasSize(2);
    }

    @Test
    void shouldRefuseAnIntervalUnderOneSecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogOptions.in(directory)
                        .rotationInterval(Duration.ofMillis(999))
                        .build())
                .withMessage("rotationInterval: expected at least 1 s, found PT0.999S");
    }
}
