package dev.affidavit.cli;

import static dev.affidavit.cli.EncryptedLog.FIRST;
import static dev.affidavit.cli.EncryptedLog.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.testkit.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class DecryptCommandTest {
    private static final String PROPERTY = "affidavit.test.cli.store";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private EncryptedLog log;

    @BeforeEach
    void write() throws IOException {
        log = EncryptedLog.in(temporary.toRealPath());
    }

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    private static CommandLineRun run(Object... arguments) {
        CommandLineRun run = Affidavit.run(arguments);
        assertThat(run.output() + run.errors()).doesNotContain(EncryptedLog.secrets());
        return run;
    }

    private CommandLineRun decrypt() {
        return run(log.withKeys("decrypt", log.directory()));
    }

    @Test
    void shouldWriteTheLinesAsTheyWere() throws IOException {
        assertThat(log.segments()).hasSizeGreaterThan(3);
        assertThat(log.lines()).filteredOn(line -> line.startsWith("eyJ")).hasSize(EncryptedLog.ENCRYPTED);

        CommandLineRun run = decrypt();

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outputLines()).isEqualTo(EncryptedLog.events());
    }

    @Test
    void shouldWriteAFileForThisUserAloneAndNeverOverAnother() throws IOException {
        Path out = temporary.resolve("plain.jsonl");
        Object[] arguments = log.withKeys("decrypt", log.directory(), "--out", out, "--json");

        JsonNode report = run(arguments).json();
        CommandLineRun again = run(arguments);

        assertThat(Files.readAllLines(out)).isEqualTo(EncryptedLog.events());
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(report.path("log_id").asText()).isEqualTo(log.id());
        assertThat(report.path("lines").asInt()).isEqualTo(EncryptedLog.EVENTS);
        assertThat(report.path("written").asInt()).isEqualTo(EncryptedLog.EVENTS);
        assertThat(report.path("decrypted").asInt()).isEqualTo(EncryptedLog.ENCRYPTED);
        assertThat(report.path("failures").isArray()).isTrue();
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).isEmpty();
        assertThat(again.errors()).contains("plain.jsonl: expected no file there");
        assertThat(Files.readAllLines(out)).isEqualTo(EncryptedLog.events());
    }

    @Test
    void shouldWriteOneFileOfTheLog() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path segment : log.segments()) {
            CommandLineRun run = run(log.withKeys("decrypt", log.directory(), "--segment", segment.getFileName()));
            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.outputLines()).hasSameSizeAs(Files.readAllLines(segment));
            all.addAll(run.outputLines());
        }

        assertThat(all).isEqualTo(EncryptedLog.events());
        CommandLineRun none = run(log.withKeys("decrypt", log.directory(), "--segment", "audit.log"));
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errors()).contains("--segment: expected a file of the log, from security_audit_");
    }

    @Test
    void shouldNameTheLinesWhoseKeyIsMissing() {
        CommandLineRun run = run("decrypt", log.directory(), "--decryption-key", log.reference(FIRST));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(run.outputLines()).isEqualTo(EncryptedLog.events(0, 15));
        assertThat(run.errorLines()).hasSize(16);
        assertThat(run.errorLines().subList(0, 15))
                .allMatch(line -> line.matches(
                        "security_audit_.*\\.log, line at byte \\d+, kid 2026-11: .*found only \\[2026-10].*"));
        assertThat(run.errorLines().get(15)).isEqualTo("15 of 30 lines are not in the output");
    }

    @Test
    void shouldSayThatAKeyIsTheWrongOne() throws IOException {
        String wrong = log.reference(FIRST).replace(FIRST + "=", SECOND + "=");

        CommandLineRun run =
                run("decrypt", log.directory(), "--decryption-key", wrong, "--decryption-key", log.reference(FIRST));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(run.outputLines()).isEqualTo(EncryptedLog.events(0, 15));
        assertThat(run.errors()).contains("kid 2026-11: expected a content key that this key encrypted, found another");
    }

    /** What stands around them is written, and nothing in their place. */
    @Test
    void shouldNameLinesThatAreDamagedCutOrMoved() throws IOException {
        Path first = log.segments().get(0);
        Path last = log.segments().get(log.segments().size() - 1);
        List<String> lines = new ArrayList<>(Files.readAllLines(first));
        String whole = lines.get(0);
        int inCiphertext = whole.lastIndexOf('.') - 10;
        lines.set(
                0,
                whole.substring(0, inCiphertext)
                        + (whole.charAt(inCiphertext) == 'A' ? 'B' : 'A')
                        + whole.substring(inCiphertext + 1));
        lines.set(1, lines.get(1).substring(0, lines.get(1).length() - 30));
        Files.write(first, lines);
        Files.writeString(last, whole + "\n", java.nio.file.StandardOpenOption.APPEND);

        Path out = temporary.resolve("plain.jsonl");
        CommandLineRun run = run(log.withKeys("decrypt", log.directory(), "--out", out, "--json"));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(Files.readAllLines(out)).isEqualTo(EncryptedLog.events(2, EncryptedLog.EVENTS));
        JsonNode failures = run.json().path("failures");
        assertThat(failures.findValuesAsText("reason")).containsExactly("damaged", "malformed", "moved");
        assertThat(failures.findValuesAsText("key_id")).containsOnly(FIRST);
        assertThat(failures.findValuesAsText("segment"))
                .containsExactly(
                        first.getFileName().toString(),
                        first.getFileName().toString(),
                        last.getFileName().toString());
        assertThat(failures.path(0).path("offset").asLong(-1)).isZero();
        assertThat(run.errorLines()).hasSize(4);
        assertThat(run.errors()).contains("3 of 31 lines are not in the output");
    }

    /** A text cannot hold it, so it is not written as something else. */
    @Test
    void shouldNotWriteBytesAsText() throws IOException {
        Path last = log.segments().get(log.segments().size() - 1);
        Files.write(last, new byte[] {'{', (byte) 0xff, '}', '\n'}, java.nio.file.StandardOpenOption.APPEND);

        CommandLineRun run = decrypt();
        Path out = temporary.resolve("plain.jsonl");
        CommandLineRun written = run(log.withKeys("decrypt", log.directory(), "--out", out));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(run.outputLines()).isEqualTo(EncryptedLog.events());
        assertThat(run.errors()).contains("expected UTF-8 for standard output");
        assertThat(written.exitCode()).as(written.errors()).isZero();
        assertThat(written.outputLines()).contains("lines      31", "written    31", "decrypted  25");
        assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                .endsWith("{\u00ff}\n");
    }

    @Test
    void shouldTakeAKeyOutOfAStore() throws IOException {
        System.setProperty(PROPERTY, "pw-of-the-store");
        Path store = temporary.resolve("store.p12");
        CommandLineRun made = run(
                "keys", "rotate", "--out", store, "--form", "pkcs12", "--secret", "sys:" + PROPERTY, "--key-id", FIRST);
        assertThat(made.exitCode()).as(made.errors()).isZero();

        CommandLineRun opened = run(
                "decrypt",
                log.directory(),
                "--decryption-key",
                FIRST + "=pkcs12:" + store,
                "--decryption-secret",
                "sys:" + PROPERTY);
        CommandLineRun without = run("decrypt", log.directory(), "--decryption-key", FIRST + "=pkcs12:" + store);

        assertThat(opened.exitCode()).isEqualTo(9); // it is a key, and another one
        assertThat(opened.outputLines()).isEqualTo(EncryptedLog.events(10, 15));
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.errors()).contains("expected the password of the PKCS#12 store, found none");
    }

    @Test
    void shouldRefuseWhatIsNoKeyWithoutShowingIt() throws IOException {
        String hex = HexFormat.of().formatHex(EncryptedLog.key(FIRST));
        Path weak = Files.writeString(temporary.resolve("weak"), "0".repeat(64));
        Files.setPosixFilePermissions(weak, PosixFilePermissions.fromString("rw-------"));
        Path open = Files.writeString(temporary.resolve("open"), hex);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> wrong = List.of(
                hex,
                hex + "=",
                FIRST + "=" + hex,
                FIRST + "=hex:" + hex,
                FIRST + "=env:AFFIDAVIT_TEST_NO_SUCH_KEY",
                FIRST + "=file:" + temporary.resolve("none"),
                FIRST + "=file:" + weak,
                FIRST + "=file:" + open);
        List<String> says = List.of(
                "expected ID=REFERENCE",
                "expected ID=REFERENCE",
                "expected ID=REFERENCE",
                "found no provider 'hex'",
                "expected a key, found none",
                "expected a file, found none",
                "expected a random key",
                "chmod 600");

        for (int i = 0; i < wrong.size(); i++) {
            CommandLineRun run = run("decrypt", log.directory(), "--decryption-key", wrong.get(i));
            assertThat(run.exitCode()).as(says.get(i)).isEqualTo(2);
            assertThat(run.output()).isEmpty();
            assertThat(run.errorLines()).hasSize(1);
            assertThat(run.errors()).startsWith("--decryption-key: ").contains(says.get(i));
        }
    }

    @Test
    void shouldRefuseOptionsThatLackOthers() {
        CommandLineRun noKey = run("decrypt", log.directory());
        CommandLineRun secretAlone =
                run("stats", log.directory(), "--decryption-secret", "env:AFFIDAVIT_TEST_NO_SUCH_SECRET");
        CommandLineRun noSecret =
                run(log.withKeys("stats", log.directory(), "--decryption-secret", "env:AFFIDAVIT_TEST_NO_SUCH_SECRET"));
        CommandLineRun twice = run(log.withKeys("stats", log.directory(), "--decryption-key", log.reference(FIRST)));
        CommandLineRun noOut = run(log.withKeys("decrypt", log.directory(), "--json"));

        assertThat(List.of(noKey, secretAlone, noSecret, twice, noOut))
                .extracting(CommandLineRun::exitCode)
                .containsOnly(2);
        assertThat(noKey.errors()).startsWith("--decryption-key: expected the key of the encrypted lines");
        assertThat(secretAlone.errors()).startsWith("--decryption-secret: expected --decryption-key too");
        assertThat(noSecret.errors())
                .startsWith("--decryption-secret: env:AFFIDAVIT_TEST_NO_SUCH_SECRET holds no secret");
        assertThat(twice.errors()).startsWith("--decryption-key: expected each id once, found 2026-10 again");
        assertThat(noOut.errors()).startsWith("--json: expected --out too");
    }
}
