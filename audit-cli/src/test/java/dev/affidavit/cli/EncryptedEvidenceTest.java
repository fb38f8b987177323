package dev.affidavit.cli;

import static dev.affidavit.cli.EncryptedLog.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.store.LogOptions;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log with encrypted lines, its proofs, and what others have of it: mostly the lines before they were encrypted. */
@Timeout(300)
final class EncryptedEvidenceTest {
    private static final String H2_PASSWORD = "affidavit.test.cli.encrypted.h2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private EncryptedLog log;

    @SuppressWarnings("NullAway.Init")
    private Path pins;

    @BeforeEach
    void write() throws IOException {
        log = EncryptedLog.in(temporary.toRealPath());
        pins = Files.writeString(
                temporary.resolve("pins"),
                run("keys", "export", log.directory()).output());
        System.setProperty(H2_PASSWORD, "pw-of-h2");
    }

    @AfterEach
    void clear() {
        System.clearProperty(H2_PASSWORD);
    }

    private static CommandLineRun run(Object... arguments) {
        CommandLineRun run = Affidavit.run(arguments);
        assertThat(run.output() + run.errors()).doesNotContain(EncryptedLog.secrets());
        return run;
    }

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(temporary.resolve(name), lines);
    }

    private Object[] verify(Object... further) {
        List<Object> arguments = new ArrayList<>(List.of("verify", log.directory(), "--key", pins));
        arguments.addAll(List.of(further));
        return arguments.toArray();
    }

    private static String id(int event) throws IOException {
        return new ObjectMapper().readTree(SampleLog.event(event)).path("id").asText();
    }

    private static void assertFound(CommandLineRun run, int exitCode, String... says) {
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).contains(says);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    /** No verdict: it would be a false one. */
    private static void assertRefused(CommandLineRun run, String... says) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.errors())
                .contains("cannot be held to the events that were kept elsewhere", "--decryption-key")
                .contains(says);
    }

    @Test
    void shouldVerifyWithoutAKey() throws IOException {
        assertFound(run(verify()), 0, "sealed: ", "lines      30");
    }

    @Test
    void shouldFindADamagedLineWithAndWithoutKeys() throws IOException {
        Path first = log.segments().get(0);
        String text = Files.readString(first);
        Files.writeString(first, text.substring(0, 5) + (text.charAt(5) == 'A' ? 'B' : 'A') + text.substring(6));
        Path events = file("events", EncryptedLog.events(5, 30));

        assertFound(run(verify()), 7, "tampered: ");
        assertFound(run(log.withKeys(verify("--against", events))), 7, "tampered: ", "25 given, 25 found");
    }

    @Test
    void shouldHoldEventsToWhatWasEncrypted() throws IOException {
        Path events = file("events", EncryptedLog.events());

        assertFound(run(log.withKeys(verify("--against", events))), 0, "anchored: ", "30 given, 30 found");
    }

    @Test
    void shouldFindAnEventThatIsAnotherInTheLog() throws IOException {
        List<String> events = new ArrayList<>(EncryptedLog.events());
        events.set(3, events.get(3).replace("WARNING", "INFO"));
        Path changed = file("changed", events);
        Path more = file("more", List.of(SampleLog.event(EncryptedLog.EVENTS)));

        assertFound(
                run(log.withKeys(verify("--against", changed))),
                6,
                "rolled back: ",
                "line 3: expected " + id(3),
                "another line under this id");
        assertFound(run(log.withKeys(verify("--against", more))), 5, "truncated: ");
    }

    @Test
    void shouldGiveNoVerdictOnEventsThatItCannotSee() throws IOException {
        Path events = file("events", EncryptedLog.events());

        assertRefused(run(verify("--against", events)), "25 of its lines are encrypted", "found none");
        assertRefused(
                run(verify("--against", events, "--decryption-key", log.reference(FIRST))),
                "15 of its lines are encrypted",
                "kid 2026-11");
    }

    @Test
    void shouldHoldLinesToTheLogAsTheyAreStoredWithoutAKey() throws IOException {
        List<String> stored = log.lines();
        List<String> encrypted =
                stored.stream().filter(line -> line.startsWith("eyJ")).toList();
        List<String> wrapped = encrypted.stream()
                .map(line -> "{\"result\":{\"_raw\":\"%s\"}}".formatted(line))
                .toList();
        String other = encrypted.get(0);
        String changed = other.substring(0, other.length() - 4) + "AAAA";

        assertFound(run(verify("--against", file("encrypted", encrypted))), 0, "anchored: ", "25 given, 25 found");
        assertFound(run(verify("--against", file("wrapped", wrapped))), 0, "anchored: ", "25 given, 25 found");
        assertFound(run(verify("--against", file("changed", List.of(changed)))), 5, "1 given, 0 found");
        assertFound(
                run(log.withKeys(verify("--against", file("stored", stored)))), 0, "anchored: ", "30 given, 30 found");
    }

    /** What was forwarded is what was encrypted, of the same log. */
    @Test
    void shouldHoldTheLogToADestination() throws IOException {
        Path plain = Files.createDirectories(temporary.toRealPath().resolve("plain"));
        Files.createDirectories(plain.resolve(".affidavit"));
        Files.copy(log.directory().resolve(".affidavit/log-id"), plain.resolve(".affidavit/log-id"));
        try (SampleLog twin =
                SampleLog.with(LogOptions.in(plain).diskReserveBytes(0).build())) {
            assertThat(twin.id()).isEqualTo(log.id());
            twin.appendEvents(0, EncryptedLog.EVENTS);
        }
        CommandLineRun forwarded = run("forward", config(plain), "--once");
        assertThat(forwarded.exitCode()).as(forwarded.errors()).isZero();
        Object[] verify = verify("--config", config(log.directory()), "--against-forwarder", "db");

        assertRefused(run(verify), "25 of its lines are encrypted");
        assertFound(
                run(log.withKeys(verify)),
                0,
                "anchored: ",
                "30 given, 30 found",
                "has lines from 0 to 29; 0 behind them not, or not yet");
    }

    private Path config(Path directory) throws IOException {
        return Files.writeString(
                temporary.resolve("agent.yaml"),
                "directory: %s\nforwarders: [{to: database, name: db, url: 'jdbc:h2:file:%s', password: 'sys:%s'}]\n"
                        .formatted(directory, temporary.resolve("audit"), H2_PASSWORD));
    }

    @Test
    void shouldProveAnEventThatIsEncrypted() throws IOException {
        Path line = temporary.resolve("line");
        CommandLineRun proved = run(log.withKeys("prove", log.directory(), "--event", id(20), "--line-file", line));
        assertThat(proved.exitCode()).as(proved.errors()).isZero();
        assertThat(proved.output()).startsWith("c2sp.org/tlog-proof@v1\nindex 20\n");
        assertThat(Files.readAllLines(line)).containsExactly(log.lines().get(20));
        Path proof = Files.writeString(temporary.resolve("proof"), proved.output());
        Object[] check = {"check", proof, "--key", pins, "--line-file", line};

        CommandLineRun checked = run(check);
        CommandLineRun opened = run(log.withKeys(check));
        Path plain = file("plain", List.of(SampleLog.event(20)));
        CommandLineRun other = run(log.withKeys("check", proof, "--key", pins, "--line-file", plain));

        assertThat(checked.exitCode()).as(checked.errors()).isZero();
        assertThat(checked.outputLines()).hasSize(1);
        assertThat(opened.exitCode()).as(opened.errors()).isZero();
        assertThat(opened.outputLines()).containsExactly(checked.outputLines().get(0), SampleLog.event(20));
        assertThat(other.exitCode()).isEqualTo(7);
        assertThat(other.output()).startsWith("not proven: ").doesNotContain("alice");
    }

    @Test
    void shouldSayThatAKeyIsNeeded() throws IOException {
        CommandLineRun noKey = run("prove", log.directory(), "--event", id(20));
        CommandLineRun byNumber = run("prove", log.directory(), "--line", 20, "--line-file", temporary.resolve("line"));
        Path proof = Files.writeString(temporary.resolve("proof"), byNumber.output());
        CommandLineRun otherKey = run(
                "check",
                proof,
                "--key",
                pins,
                "--line-file",
                temporary.resolve("line"),
                "--decryption-key",
                log.reference(FIRST));
        CommandLineRun none = run(log.withKeys("prove", log.directory(), "--event", id(EncryptedLog.EVENTS)));

        assertThat(noKey.exitCode()).isEqualTo(1);
        assertThat(noKey.errors())
                .contains("no proof: ", "25 of its lines are encrypted", "Give the keys with --decryption-key");
        assertThat(byNumber.exitCode()).as(byNumber.errors()).isZero();
        assertThat(otherKey.exitCode()).isEqualTo(9);
        assertThat(otherKey.output()).startsWith("proven: ");
        assertThat(otherKey.errors()).contains("kid 2026-11");
        assertThat(none.errors()).startsWith("no proof: ").doesNotContain("encrypted");
    }

    @Test
    void shouldTellTimesOnlyWithKeys() throws IOException {
        JsonNode closed = run("stats", log.directory(), "--json", "--lines").json();
        JsonNode opened =
                run(log.withKeys("stats", log.directory(), "--json", "--lines")).json();
        CommandLineRun text = run("stats", log.directory(), "--lines");
        CommandLineRun half = run("stats", log.directory(), "--decryption-key", log.reference(FIRST));

        assertThat(closed.path("oldest_event").isNull()).isTrue();
        assertThat(closed.path("times_encrypted").asBoolean()).isTrue();
        assertThat(opened.path("oldest_event").asText()).isEqualTo("2026-11-20T22:24:14.000000Z");
        assertThat(opened.path("newest_event").asText()).isEqualTo("2026-11-20T22:24:14.000029Z");
        assertThat(opened.path("times_encrypted").asBoolean(true)).isFalse();
        for (JsonNode stats : List.of(closed, opened)) {
            assertThat(stats.path("lines").asInt()).isEqualTo(EncryptedLog.EVENTS);
            assertThat(stats.path("encrypted_lines").asInt()).isEqualTo(EncryptedLog.ENCRYPTED);
        }
        assertThat(text.exitCode()).as(text.errors()).isZero();
        assertThat(text.output()).contains("30, 25 of them encrypted", "--decryption-key");
        assertThat(half.exitCode()).isEqualTo(1);
        assertThat(half.errors()).contains("kid 2026-11");
    }
}
