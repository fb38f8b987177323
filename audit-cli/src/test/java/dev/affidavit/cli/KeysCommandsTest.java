package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class KeysCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private static Path key(SealedLog log) {
        return log.directory().resolve(".affidavit/seal/log.key");
    }

    private static void assertFails(SealedLog log, String says) throws IOException {
        for (String command : List.of("show", "export")) {
            CommandLineRun run = Affidavit.run("keys", command, log.directory());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).isEmpty();
            assertThat(run.errorLines()).hasSize(1);
            assertThat(run.errors()).contains(says).doesNotContain("PRIVATE");
        }
    }

    @Test
    void shouldShowAndExportThePublicKeys() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 30);
        String secret = Files.readAllLines(key(log)).get(1).replaceAll(".*\\+", "");

        CommandLineRun shown = Affidavit.run("keys", "show", log.directory());
        CommandLineRun exported = Affidavit.run("keys", "export", log.directory());

        assertThat(shown.exitCode()).as(shown.errors()).isZero();
        assertThat(shown.outputLines()).hasSize(3);
        assertThat(shown.outputLines().get(0)).matches("log +example\\.com/audit/[0-9a-f]{32}");
        assertThat(exported.outputLines()).hasSize(3);
        String logKey = exported.outputLines().get(1);
        String epochKey = exported.outputLines().get(2);
        assertThat(Files.readString(key(log))).contains("\npublic " + logKey + "\n");
        assertThat(epochKey).contains("/epoch-1+");
        assertThat(shown.outputLines().get(1)).endsWith(logKey);
        assertThat(shown.outputLines().get(2)).endsWith(epochKey);
        assertThat(shown.output() + exported.output()).doesNotContain(secret, "PRIVATE");
    }

    /** Of a pruned file, the seal is kept. */
    @Test
    void shouldKnowTheFirstKeyWhenTheFirstFileIsGone() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 30);
        String before = Affidavit.run("keys", "export", log.directory()).output();
        Path oldest = log.files(".log").get(0);
        Path pins = Files.writeString(temporary.resolve("pins"), before);

        log.prune(30);

        assertThat(oldest).doesNotExist();
        assertThat(Affidavit.run("keys", "export", log.directory()).output()).isEqualTo(before);
        CommandLineRun verified = Affidavit.run("verify", log.directory(), "--key", pins);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("\n  pruned: ", ", looked at from line ");
    }

    @Test
    void shouldRefuseALogWithoutSeals() throws IOException {
        try (SampleLog log = SampleLog.in(temporary.resolve("plain"))) {
            log.appendEvents(0, 1);
        }

        CommandLineRun run = Affidavit.run("keys", "show", temporary.resolve("plain"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("is a log without seals");
    }

    @Test
    void shouldRefuseAKeyThatOthersMayRead() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 1);
        Files.setPosixFilePermissions(key(log), PosixFilePermissions.fromString("rw-r-----"));

        assertFails(log, "chmod 600");
    }

    @Test
    void shouldRefuseAKeyBehindALink() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 1);
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(key(log), elsewhere);
        Files.createSymbolicLink(key(log), elsewhere);

        assertFails(log, "not a regular file");
    }

    @Test
    void shouldRefuseADamagedKeyAndAMissingOne() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 1);
        Files.writeString(key(log), Files.readString(key(log)).replace("private", "Private"));
        assertFails(log, "is damaged");

        Files.delete(key(log));
        assertFails(log, "is missing");
    }

    @Test
    void shouldRefuseAFirstSealThatTheKeysDidNotSign() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 1);
        Path seal = log.files(".seal").get(0);
        Files.writeString(seal, Files.readString(seal).replaceFirst("time 20", "time 19"));

        assertFails(log, "does not begin with epoch 1");
    }

    private CommandLineRun create(Path directory) {
        return Affidavit.run("keys", "create", directory, "--origin", SealedLog.ORIGIN);
    }

    /** Pinned before the first event: with them the log that then begins is passed, and no other. */
    @Test
    void shouldMakeKeysThatTheLogBeginsWith() throws IOException {
        Path directory = temporary.toRealPath().resolve("log");

        CommandLineRun made = create(directory);
        CommandLineRun shown = Affidavit.run("keys", "show", directory);
        Path pins = Files.writeString(
                temporary.resolve("pins"),
                Affidavit.run("keys", "export", directory).output());
        SealedLog log = SealedLog.in(directory, 5);

        assertThat(made.exitCode()).as(made.errors()).isZero();
        assertThat(made.output()).isEqualTo(shown.output()).doesNotContain("PRIVATE");
        assertThat(Files.getPosixFilePermissions(key(log))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Affidavit.run("keys", "show", directory).output()).isEqualTo(made.output());
        CommandLineRun verified = Affidavit.run("verify", directory, "--key", pins);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.outputLines()).contains("lines      5", "sealed     5");
    }

    @Test
    void shouldMakeNoKeysWhereThereAreSome() throws IOException {
        SealedLog log = SealedLog.in(temporary.resolve("log"), 1);
        byte[] before = Files.readAllBytes(key(log));

        CommandLineRun again = create(log.directory());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errors()).contains("log.key is there");
        assertThat(Files.readAllBytes(key(log))).isEqualTo(before);
    }

    @Test
    void shouldMakeNoKeysForALogThatHasBegun() {
        try (SampleLog log = SampleLog.in(temporary.resolve("plain"))) {
            log.appendEvents(0, 1);
            assertThat(create(temporary.resolve("plain")).errors()).contains("is in use by");
        }

        CommandLineRun late = create(temporary.resolve("plain"));

        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.errors()).contains("holds a log already");
        assertThat(temporary.resolve("plain/.affidavit/seal/log.key")).doesNotExist();
    }

    @Test
    void shouldRefuseWhatIsNoOrigin() {
        CommandLineRun run = Affidavit.run("keys", "create", temporary.resolve("log"), "--origin", "a b");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).startsWith("--origin: expected ");
        assertThat(temporary.resolve("log")).doesNotExist();
    }
}
