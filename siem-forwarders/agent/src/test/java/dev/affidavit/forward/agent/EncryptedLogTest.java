package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LineEncrypter;
import dev.affidavit.forward.DeadLetters;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.store.Cursors;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log whose key was replaced: 30 plain events, 30 under the old key, 30 under the new one, 10 plain, 20 under the new one. */
@Timeout(300)
final class EncryptedLogTest {
    private static final String OLD = "2026-10";
    private static final String NEW = "2026-11";
    private static final String KEYS = """
            encryption:
              key: file:%1$s/2026-11
              keyId: 2026-11
              oldKeys:
                - key: file:%1$s/2026-10
                  keyId: 2026-10
            """;
    /** In every event, and in no encrypted line. */
    private static final String READABLE = "AUTH_FAILURE";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        EncryptedSampleLog log = new EncryptedSampleLog(log());
        log.append(0, 30, null);
        log.append(30, 60, key(OLD));
        Function<String, Encrypter> replaced = key(NEW);
        log.append(60, 90, replaced);
        log.append(90, 100, null);
        log.append(100, 120, replaced);
    }

    private Path log() {
        return directory.resolve("log");
    }

    private Function<String, Encrypter> key(String id) throws IOException {
        byte[] bytes = new byte[KeyEncryptionKey.BYTES];
        new SecureRandom().nextBytes(bytes);
        Path file = Files.createFile(
                directory.resolve(id),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes));
        KeyRing ring = KeyRing.of(id, Map.of(id, KeyEncryptionKey.of(bytes)));
        return logId -> new LineEncrypter(logId, ring, new SecureRandom());
    }

    private CommandLineRun forward(String more, String options) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.yaml"), """
                directory: %s
                %sforwarders: [{to: picky, name: a, file: %s%s}]
                """.formatted(
                        log(), more.formatted(directory), directory.resolve("a"), options));
        return AgentCommands.run("run", file, "--once");
    }

    private List<String> got() throws IOException {
        return Files.readAllLines(directory.resolve("a"));
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    private String kept() throws IOException {
        StringBuilder kept = new StringBuilder();
        try (Stream<Path> files = Files.walk(log().resolve(".affidavit"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                kept.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return kept.toString();
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(log())) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .flatMap(EncryptedLogTest::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDeliverWhatWasWrittenUnderAllKeys() throws IOException {
        CommandLineRun run = forward(KEYS, "");

        assertThat(run.errors()).doesNotContain("WARN", "ERROR");
        assertThat(run.exitCode()).isZero();
        assertThat(got()).isEqualTo(events(0, 120));
        assertThat(kept())
                .contains(Cursors.of(log()).read("a").orElseThrow().segment())
                .doesNotContain(READABLE);
    }

    @Test
    void shouldStopBeforeALineWhoseKeyItHasNotAndGoOnFromThere() throws IOException {
        CommandLineRun without = forward("", "");

        assertThat(without.exitCode()).isEqualTo(RunCommand.STUCK);
        assertThat(without.errorLines())
                .filteredOn(line -> line.contains(" ERROR "))
                .singleElement()
                .asString()
                .contains("forwarder 'a' is kept from delivering to ", ": expected a key for it, found none.");
        assertThat(got()).isEqualTo(events(0, 30));

        assertThat(forward(KEYS, "").exitCode()).isZero();
        assertThat(got()).isEqualTo(events(0, 120));
        assertThat(DeadLetters.of(log()).forwarders()).isEmpty();
    }

    @Test
    void shouldNameTheOldKeyThatItHasNot() throws IOException {
        CommandLineRun run = forward("""
                encryption: {key: 'file:%1$s/2026-11', keyId: 2026-11}
                """, "");

        assertThat(run.exitCode()).isEqualTo(RunCommand.STUCK);
        assertThat(run.errors()).contains("kid 2026-10: expected a key of this id, found only [2026-11]");
        assertThat(got()).isEqualTo(events(0, 30));
    }

    @Test
    void shouldCarryLinesAsTheyAreWithoutAnyKey() throws IOException {
        assertThat(forward("", ", payload: encrypted").exitCode()).isZero();

        assertThat(got()).isEqualTo(stored()).hasSize(120);
        assertThat(got().subList(30, 90)).allMatch(line -> line.startsWith("eyJ"));
    }

    @Test
    void shouldKeepWhatIsRefusedEncrypted() throws IOException {
        CommandLineRun run = forward(KEYS, ", refuse: sess_50");

        assertThat(run.exitCode()).isZero();
        assertThat(got()).hasSize(119);
        CommandLineRun shown = AgentCommands.run("dead-letters", "show", log(), "a");
        assertThat(shown.outputLines()).hasSize(2).last().asString().endsWith(stored().get(50));
        assertThat(kept() + run.errors() + shown.output()).doesNotContain(READABLE, "I do not like it");

        AgentCommands.run("dead-letters", "send-again", log(), "a");
        assertThat(forward(KEYS, "").exitCode()).isZero();
        assertThat(got()).hasSize(120).last().isEqualTo(SampleLog.event(50));
        assertThat(DeadLetters.of(log()).forwarders()).isEmpty();
    }

    @Test
    void shouldSetADamagedLineAsideAndGoOn() throws IOException {
        String line = stored().get(70);
        String damaged = line.substring(0, line.length() - 40) + "AAAA" + line.substring(line.length() - 36);
        replace(line, damaged);

        CommandLineRun run = forward(KEYS, "");

        assertThat(run.exitCode()).isZero();
        assertThat(got()).hasSize(119).doesNotContain(SampleLog.event(70));
        assertThat(run.errors()).contains("a line is not sent", "kid 2026-11: ");
        assertThat(AgentCommands.run("dead-letters", "show", log(), "a").output())
                .contains(damaged);
    }

    /** Its encrypted key: whether that or the key is wrong, other lines tell. */
    @Test
    void shouldSetALineAsideThatIsDamagedInItsFirstPart() throws IOException {
        String line = stored().get(30);
        int key = line.indexOf('.') + 5;
        String damaged = line.substring(0, key) + (line.charAt(key) == 'A' ? 'B' : 'A') + line.substring(key + 1);
        replace(line, damaged);

        CommandLineRun run = forward(KEYS, "");

        assertThat(run.exitCode()).isZero();
        assertThat(got()).hasSize(119).doesNotContain(SampleLog.event(30));
        assertThat(AgentCommands.run("dead-letters", "show", log(), "a").output())
                .contains(damaged, "is damaged in its first part");
    }

    private void replace(String line, String other) throws IOException {
        try (Stream<Path> files = Files.list(log())) {
            for (Path file : files.filter(at -> at.toString().endsWith(".log")).toList()) {
                Files.writeString(file, Files.readString(file).replace(line, other));
            }
        }
    }

    /** The events are a microsecond apart. */
    @Test
    void shouldBeginAtATime() throws IOException {
        CommandLineRun run = forward("from: 2026-11-20T22:24:14.000047Z\n" + KEYS, "");

        assertThat(run.exitCode()).isZero();
        assertThat(got()).isEqualTo(events(47, 120));
    }

    @Test
    void shouldPassOverNoEventWhoseTimeItCannotRead() throws IOException {
        CommandLineRun run = forward("from: 2026-11-20T22:24:14.000047Z\n", ", payload: encrypted");

        assertThat(run.exitCode()).isZero();
        assertThat(got()).isEqualTo(stored().subList(30, 120));
        assertThat(run.errorLines())
                .filteredOn(line -> line.contains(" WARN "))
                .singleElement()
                .asString()
                .contains(
                        "forwarder 'a' has no cursor yet: it begins in ", "the time of the next one cannot be read: ");
    }
}
