package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.witness.FakeWitness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class VerifyCommandTest {
    private static final int EVENTS = 30;
    private static final String HOSTILE = "x\u001b[2J\u009b31m\u202e\u007fy";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private SealedLog log;

    @SuppressWarnings("NullAway.Init")
    private Path pins;

    @BeforeEach
    void write() throws IOException {
        log = SealedLog.in(temporary.toRealPath().resolve("log"), EVENTS);
        pins = Files.writeString(
                temporary.resolve("pins"),
                Affidavit.run("keys", "export", log.directory()).output());
    }

    private CommandLineRun verify(Object... options) {
        return Affidavit.run(Stream.concat(Stream.of("verify", log.directory()), Stream.of(options))
                .toArray());
    }

    private CommandLineRun pinned(Object... options) {
        return verify(
                Stream.concat(Stream.of("--key", pins), Stream.of(options)).toArray());
    }

    private Path evidence(String text) throws IOException {
        return Files.writeString(temporary.resolve("evidence"), text);
    }

    private static void assertFound(CommandLineRun run, int exitCode, String verdict) {
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).startsWith(verdict + ": ");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void shouldPassAWholeLog() {
        CommandLineRun run = pinned();

        assertFound(run, 0, "sealed");
        assertThat(run.outputLines()).hasSize(8).contains("lines      30", "sealed     30", "unsealed   0");
    }

    @Test
    void shouldTakeKeysAsTexts() throws IOException {
        List<String> keys = Files.readAllLines(pins);

        assertFound(verify("--key", keys.get(1), "--key", keys.get(2)), 0, "sealed");
    }

    @Test
    void shouldNotPassWithoutTheKeysOfTheLog() throws IOException {
        SealedLog other = SealedLog.in(temporary.resolve("other"), 1);
        Path others = Files.writeString(
                temporary.resolve("others"),
                Affidavit.run("keys", "export", other.directory()).output());

        assertFound(verify(), 3, "key unknown");
        assertFound(verify("--key", others), 3, "key unknown");
        assertThat(verify().output()).contains("expected a pinned log key, found no pins");
    }

    @Test
    void shouldFindDamageAndSayWhere() throws IOException {
        log.damage();

        CommandLineRun run = pinned();

        assertFound(run, 7, "tampered");
        assertThat(run.outputLines().get(1))
                .startsWith("  tampered: " + log.files(".log").get(0).getFileName())
                .endsWith("]");
    }

    @Test
    void shouldFindThatSealsAreGone() throws IOException {
        for (Path seal : log.files(".seal")) {
            Files.delete(seal);
        }

        assertFound(pinned(), 4, "seal missing");
    }

    @Test
    void shouldFindThatTheLogIsAnOlderCopy() throws Exception {
        Path older = temporary.resolve("older");
        log.copyTo(older);
        log.append(EVENTS, EVENTS + 10);
        Path checkpoint = evidence(log.checkpoint());
        assertFound(pinned("--against", checkpoint), 0, "anchored");

        log.putBack(older);
        assertFound(pinned(), 0, "sealed");
        assertFound(pinned("--against", checkpoint), 5, "truncated");

        log.append(EVENTS + 20, EVENTS + 40);
        assertFound(pinned("--against", checkpoint), 6, "rolled back");
    }

    @Test
    void shouldHoldTheLogToWhatAWitnessCosigned() throws Exception {
        try (FakeWitness witness = FakeWitness.start("witness.example.com/w1")) {
            Path cosigned = evidence(witness.cosigned(log.checkpoint()));
            Path keys = Files.writeString(temporary.resolve("witnesses"), "# ours\n" + witness.key() + "\n");

            CommandLineRun run = pinned("--against", cosigned, "--witness", keys);
            assertFound(run, 0, "anchored");
            assertThat(run.output()).contains("witness", "witness.example.com/w1 saw 30 lines at 20");
            JsonNode seen = JSON.readTree(pinned("--against", cosigned, "--witness", witness.key(), "--json")
                            .output())
                    .path("witnessed")
                    .path(0);
            assertThat(seen.path("key").asText()).isEqualTo(witness.key());
            assertThat(seen.path("lines").asInt()).isEqualTo(EVENTS);
            assertFound(pinned("--witness", witness.key()), 4, "seal missing");
            assertFound(pinned("--against", evidence(log.checkpoint()), "--witness", keys), 4, "seal missing");
            CommandLineRun wrong = pinned("--witness", pins);
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors()).contains("--witness ", "expected an Ed25519 key, 04");
        }
    }

    @Test
    void shouldTellALogThatWasNotClosedFromADamagedOne() throws IOException {
        List<Path> files = log.files(".log");
        Files.writeString(files.get(files.size() - 1), SampleLog.event(EVENTS) + "\n", StandardOpenOption.APPEND);

        CommandLineRun run = pinned();

        assertFound(run, 0, "unsealed tail");
        assertThat(run.outputLines()).contains("lines      31", "unsealed   1");
    }

    /** As the file has it, and as programs export it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "own",
                "_raw",
                "result",
                "event.original",
                "event/original",
                "line",
                "message",
                "_source",
                "document",
                "search"
            })
    void shouldHoldTheLogToEventsFromElsewhere(String form) throws IOException {
        String event = SampleLog.event(7);
        String other = SampleLog.event(7).replace("WARNING", "INFO");

        assertFound(pinned("--against", evidence(exported(form, event))), 0, "anchored");
        assertFound(pinned("--against", evidence(exported(form, other))), 6, "rolled back");
    }

    private static String exported(String form, String line) {
        String document = "{\"@timestamp\":\"2026-11-20T22:24:14.000Z\",\"log_id\":\"%s\",%s"
                .formatted("0".repeat(32), line.substring(1));
        ObjectNode object = JSON.createObjectNode();
        switch (form) {
            case "own" -> {
                return line + "\r\n";
            }
            case "document" -> {
                return "{\"_id\":\"x\",\"_source\":%s,\"sort\":[1]}%n".formatted(document);
            }
            case "search" -> {
                return "{\"hits\":{\"hits\":[{\"_source\":%s},{\"_source\":%s}]}}".formatted(document, document);
            }
            case "result" -> object.putObject("result").put("_raw", line);
            case "_source" -> object.putObject("_source").putObject("event").put("original", line);
            case "event/original" -> object.putObject("event").put("original", line);
            default -> object.put("id", "evt_1").put(form, line);
        }
        return object + "\n";
    }

    @Test
    void shouldTakeCheckpointsOutOfEvents() throws Exception {
        ObjectNode event = JSON.createObjectNode().put("event_type", "AUDIT_CHECKPOINT");
        event.putObject("details").put("checkpoint", log.checkpoint());
        Path mixed = evidence(JSON.createObjectNode().set("_source", event) + "\n" + log.checkpoint() + "\n"
                + log.checkpoint() + SampleLog.event(0) + "\n");

        JsonNode found = pinned("--against", mixed, "--json").json();

        assertThat(found.path("checkpoints_given").asInt()).isEqualTo(3);
        assertThat(found.path("events_given").asInt()).isEqualTo(1);
        assertThat(found.path("verdict").asText()).isEqualTo("anchored");
        assertThat(found.path("anchored").asInt()).isEqualTo(EVENTS);
    }

    @Test
    void shouldReadEvidenceFromStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(SampleLog.event(3).getBytes(StandardCharsets.UTF_8)));

            assertFound(pinned("--against", "-"), 0, "anchored");
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":",
                "{}",
                "{\"id\":\"evt_1\"} {}",
                "{\"a\u001b\":1}",
                "{\"line\":\"no event\"}",
                "x",
                "a\nb\n\n— a AAAAAAA=\n",
                "[1]"
            })
    void shouldSayWhichEvidenceItDoesNotUnderstand(String text) throws IOException {
        Path file = evidence("\n" + text);

        CommandLineRun run = pinned("--against", file);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.errors())
                .startsWith(file + " line 2: expected a checkpoint or events as JSON, an object in a line: ")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldRefuseWhatIsNoKey() throws IOException {
        Path damaged = Files.writeString(
                temporary.resolve(HOSTILE), Files.readString(pins).replace("+", "x"));

        for (Object key : List.of(damaged, temporary.resolve("none"), temporary, "example.com/audit+00000000+AAAA")) {
            CommandLineRun run = verify("--key", key);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errorLines()).hasSize(1);
            assertThat(run.errors())
                    .startsWith("--key ")
                    .contains("expected ")
                    .doesNotContain("\u001b", "\u009b", "\u202e", "\u007f");
        }
    }

    @Test
    void shouldFailWithoutADirectory() {
        CommandLineRun run = Affidavit.run("verify", temporary.resolve("none"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines()).hasSize(1);
    }

    @Test
    void shouldShowNothingThatMovesTheCursor() throws IOException {
        Path directory = temporary.toRealPath().resolve(HOSTILE);
        log.copyTo(directory);
        Path evidence = evidence("{\"id\":\"%s\",\"timestamp\":\"\"}".formatted(HOSTILE.replace("\u001b", "")));

        String text = Affidavit.run("verify", directory, "--against", evidence).output();
        String json = Affidavit.run("verify", directory, "--against", evidence, "--json")
                .output();

        for (String shown : List.of(text, json)) {
            assertThat(shown).doesNotContain("\u001b", "\u009b", "\u202e", "\u007f");
        }
        assertThat(JSON.readTree(json).path("directory").asText()).isEqualTo(directory.toString());
    }

    @Test
    void shouldTellAProgramTheSame() throws IOException {
        log.damage();
        CommandLineRun run = pinned("--json");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.outputLines()).hasSize(1);
        JsonNode found = run.json();
        assertThat(found.path("verdict").asText()).isEqualTo("tampered");
        assertThat(found.path("passed").asBoolean(true)).isFalse();
        assertThat(found.path("lines").asInt()).isEqualTo(EVENTS);
        assertThat(found.path("log_name").asText()).startsWith(SealedLog.ORIGIN + "/");
        assertThat(found.path("first_epoch_key").asText())
                .isEqualTo(Files.readAllLines(pins).get(2));
        List<String> rules = new ArrayList<>();
        found.path("findings").forEach(finding -> rules.add(finding.path("rule").asText()));
        assertThat(rules).contains("root");
    }
}
