package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.store.LegalHolds;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class StatsCommandTest {
    private static final int EVENTS = 30;
    /** A name can hold all but the slash and NUL: this one moves the cursor, begins a line, and turns the direction. */
    private static final String HOSTILE = "x\u001b[2J\n\u009b31m\u202e\u007fy";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private OperatedLog log;

    @BeforeEach
    void open() throws IOException {
        directory = temporary.toRealPath().resolve("log");
        log = OperatedLog.in(directory, EVENTS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private JsonNode json(Object... options) throws IOException {
        Object[] arguments = Stream.concat(Stream.of("stats", directory, "--json"), Stream.of(options))
                .toArray();
        CommandLineRun run = Affidavit.run(arguments);
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outputLines()).hasSize(1);
        return run.json();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void shouldTellWhatALogHoldsThatIsBeingWritten() throws IOException {
        JsonNode stats = json();

        List<Path> segments = log.segments();
        assertThat(segments).hasSizeGreaterThan(2);
        assertThat(stats.path("directory").asText()).isEqualTo(directory.toString());
        assertThat(stats.path("log_id").asText()).isEqualTo(log.id());
        assertThat(stats.path("writer").asBoolean()).isTrue();
        assertThat(stats.path("segments").asInt()).isEqualTo(segments.size());
        assertThat(stats.path("bytes").asLong()).isEqualTo(log.bytes());
        assertThat(stats.path("oldest_segment").asText())
                .isEqualTo(segments.get(0).getFileName().toString());
        assertThat(stats.path("newest_segment").asText())
                .isEqualTo(segments.get(segments.size() - 1).getFileName().toString());
        assertThat(stats.path("oldest_event").asText()).isEqualTo("2026-11-20T22:24:14.000000Z");
        assertThat(stats.path("newest_event").asText()).isEqualTo("2026-11-20T22:24:14.000029Z");
        assertThat(stats.path("lines").isNull()).isTrue();
        assertThat(stats.path("unfinished_bytes").asLong()).isZero();
        assertThat(stats.path("usable_bytes").asLong()).isPositive();
        for (String none : List.of(
                "forwarders", "legal_holds", "refused_segments", "unrecorded_torn_tails", "warnings", "problems")) {
            assertThat(stats.path(none).isArray()).as(none).isTrue();
            assertThat(stats.path(none)).as(none).isEmpty();
        }
    }

    @Test
    void shouldCountLinesAndSeeThatTheWriterIsGone() throws IOException {
        log.close();

        JsonNode stats = json("--lines");

        assertThat(stats.path("lines").asLong()).isEqualTo(EVENTS);
        assertThat(stats.path("writer").asBoolean(true)).isFalse();
        assertThat(Affidavit.run("stats", directory, "--lines").outputLines())
                .contains("lines        30", "writer       none");
    }

    @Test
    void shouldTellHowFarEachForwarderIs() throws IOException {
        Position behind = log.deliver("behind", 5);
        log.deliver("done", EVENTS);
        log.refuse("behind.jsonl", 1);
        log.refuse("behind.again-1795280651000-00c0ffee.jsonl", 2);
        log.refuse("refusing.jsonl", 3);
        Instant oldest = Instant.parse("2026-11-20T22:24:14.000005Z");
        Duration before = Duration.between(oldest, Instant.now());

        JsonNode forwarders = json().path("forwarders");

        assertThat(forwarders.valueStream().map(one -> one.path("name").asText()))
                .containsExactly("behind", "done", "refusing");
        JsonNode one = forwarders.path(0);
        assertThat(one.path("segment").asText()).isEqualTo(behind.segment());
        assertThat(one.path("offset").asLong()).isEqualTo(behind.offset());
        assertThat(one.path("lag_bytes").asLong()).isEqualTo(log.bytes() - behind.offset());
        assertThat(one.path("lag_segments").asInt()).isEqualTo(log.segments().size() - 1);
        assertThat(one.path("oldest_undelivered").asText()).isEqualTo("2026-11-20T22:24:14.000005Z");
        assertThat(one.path("lag_seconds").asDouble())
                .isBetween(
                        Math.max(0, before.toMillis() / 1000.0),
                        Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0));
        assertThat(one.path("dead_letters").asLong()).isEqualTo(1);
        assertThat(one.path("waiting_dead_letters").asLong()).isEqualTo(1);
        assertThat(one.path("problem").isNull()).isTrue();
        JsonNode done = forwarders.path(1);
        assertThat(done.path("lag_bytes").asLong(-1)).isZero();
        assertThat(done.path("lag_segments").asInt(-1)).isZero();
        assertThat(done.path("lag_seconds").asDouble(-1)).isZero();
        assertThat(done.path("oldest_undelivered").isNull()).isTrue();
        JsonNode refusing = forwarders.path(2);
        assertThat(refusing.path("segment").isNull()).isTrue();
        assertThat(refusing.path("lag_bytes").isNull()).isTrue();
        assertThat(refusing.path("dead_letters").asLong()).isEqualTo(1);
    }

    @Test
    void shouldAlignThemForAPerson() {
        Position behind = log.deliver("behind", 5);
        log.deliver("ok", EVENTS);

        List<String> lines = Affidavit.run("stats", directory).outputLines();

        int header = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("forwarder "))
                .findFirst()
                .orElseThrow());
        int cursor = lines.get(header).indexOf("cursor");
        assertThat(lines.get(header + 1))
                .startsWith("behind     ")
                .contains("2026-11-20T22:24:14.000005Z")
                .endsWith("%s byte %d".formatted(behind.segment(), behind.offset()));
        assertThat(lines.get(header + 1).indexOf(behind.segment())).isEqualTo(cursor);
        assertThat(lines.get(header + 2)).startsWith("ok         0 B ").contains(" 0 s ");
        assertThat(lines.get(header + 2).indexOf("security_audit_")).isEqualTo(cursor);
    }

    @Test
    void shouldTellWhatBefellTheLog() throws IOException {
        String refused = log.poison().getFileName().toString();
        String torn = refused + ".100";
        Files.writeString(log.own("torn").resolve(torn), "half a line");
        LegalHolds.of(directory).place("case-4711", "ordered by the court");
        log.deliver("changed", 5);
        Path cursor = log.own("cursors").resolve("damaged.cursor");
        Files.writeString(cursor, "nonsense\n");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        log.close();
        Files.writeString(
                log.segments().get(log.segments().size() - 1), "{\"id\":\"unfinished", StandardOpenOption.APPEND);
        Files.writeString(
                log.segments().get(0), SampleLog.event(7).repeat(9) + "\n", StandardOpenOption.TRUNCATE_EXISTING);

        JsonNode stats = json();

        assertThat(texts(stats.path("refused_segments"))).containsExactly(refused);
        JsonNode tail = stats.path("unrecorded_torn_tails").path(0);
        assertThat(tail.path("segment").asText()).isEqualTo(refused);
        assertThat(tail.path("offset").asLong()).isEqualTo(100);
        assertThat(tail.path("bytes").asLong()).isEqualTo("half a line".length());
        assertThat(tail.path("kept_at").asText())
                .isEqualTo(log.own("torn").resolve(torn).toString());
        assertThat(stats.path("unfinished_bytes").asLong()).isEqualTo("{\"id\":\"unfinished".length());
        JsonNode hold = stats.path("legal_holds").path(0);
        assertThat(hold.path("name").asText()).isEqualTo("case-4711");
        assertThat(hold.path("reason").asText()).isEqualTo("ordered by the court");
        assertThat(texts(stats.path("warnings"))).singleElement().asString().contains("chmod go-w " + directory);
        assertThat(stats.path("forwarders").path(0).path("problem").asText()).contains("is not the one it was");
        assertThat(stats.path("forwarders").path(1).path("problem").asText())
                .startsWith(cursor + ": expected 'affidavit-cursor 1'");
        assertThat(Affidavit.run("stats", directory).output())
                .contains("legal holds  case-4711: ordered by the court")
                .contains("unfinished   17 B behind the last line; the next start cuts it off")
                .contains("torn tail    11 B cut off " + refused + " at byte 100")
                .contains("refused      " + refused + ": the device refused")
                .contains("forwarder damaged: " + cursor)
                .contains("warning: " + directory + " may be written by others");
    }

    @Test
    void shouldSayThatTheFileOfACursorIsGone() throws IOException {
        log.deliver("late", 5);
        log.close();
        Files.delete(log.segments().get(0));

        JsonNode late = json().path("forwarders").path(0);

        assertThat(late.path("problem").asText()).contains("is gone");
        assertThat(late.path("lag_bytes").asLong()).isEqualTo(log.bytes());
    }

    @Test
    void shouldLetNothingThatOthersWroteMoveTheCursor() throws IOException {
        Files.writeString(log.own("holds").resolve(HOSTILE), "because" + HOSTILE);
        Files.writeString(log.own("poisoned").resolve(HOSTILE), HOSTILE);
        Files.writeString(log.own("cursors").resolve("soc.cursor"), HOSTILE);
        Files.writeString(log.own("torn").resolve(HOSTILE), HOSTILE);

        CommandLineRun text = Affidavit.run("stats", directory);
        CommandLineRun json = Affidavit.run("stats", directory, "--json");

        assertThat(text.output()).contains("x?[2J??31m??y: becausex?[2J??31m??y");
        assertThat(text.output().replace("\n", "") + text.errors().replace("\n", ""))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        assertThat(json.output()).endsWith("\n");
        assertThat(json.output().stripTrailing()).matches("[ -~]+");
        assertThat(json.json().path("legal_holds").path(0).path("name").asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void shouldReadNoTimeFromALineThatHasNone() throws IOException {
        log.close();
        Files.writeString(
                log.segments().get(log.segments().size() - 1),
                "{\"id\":\"1\",\"timestamp\":\"\u001b[2J\",\"event_type\":\"X\",\"severity\":\"INFO\"}\n",
                StandardOpenOption.APPEND);

        assertThat(json().path("newest_event").isNull()).isTrue();
        assertThat(Affidavit.run("stats", directory).output()).contains(", event of unknown");
    }

    @Test
    void shouldTellTheRestWhenSomethingCannotBeRead() throws IOException {
        Files.writeString(log.own("log-id"), "nonsense\u001b[2J");

        CommandLineRun run = Affidavit.run("stats", directory, "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .startsWith(log.own("log-id") + ": expected 32 hexadecimal digits, found 'nonsense?[2J'");
        assertThat(run.json().path("log_id").isNull()).isTrue();
        assertThat(run.json().path("problems")).hasSize(1);
        assertThat(run.json().path("bytes").asLong()).isEqualTo(log.bytes());
    }

    @Test
    void shouldTellOfALogWithoutFiles() throws IOException {
        log.close();
        for (Path segment : log.segments()) {
            Files.delete(segment);
        }

        assertThat(json("--lines").path("lines").asLong(-1)).isZero();
        assertThat(Affidavit.run("stats", directory).outputLines())
                .contains("files        0, 0 B", "forwarders   none", "legal holds  none");
    }

    @Test
    void shouldRefuseWhatIsNoLog() {
        CommandLineRun run = Affidavit.run("stats", temporary);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errorLines())
                .containsExactly(temporary + " is not the directory of a log: it has no .affidavit in it");
    }

    @Test
    void shouldChangeNothing() throws IOException {
        log.deliver("soc", 5);
        log.refuse("soc.jsonl", 1);
        log.close();
        Map<Path, FileTime> before = times();

        assertThat(Affidavit.run("stats", directory, "--lines").exitCode()).isZero();

        assertThat(times()).isEqualTo(before);
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
