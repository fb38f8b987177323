package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class ProofCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private SealedLog log;

    @SuppressWarnings("NullAway.Init")
    private Path pins;

    @BeforeEach
    void write() throws IOException {
        log = SealedLog.in(temporary.resolve("log"), 30);
        pins = keys("pins", log);
    }

    private Path keys(String name, SealedLog of) throws IOException {
        return Files.writeString(
                temporary.resolve(name),
                Affidavit.run("keys", "export", of.directory()).output());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text);
    }

    @Test
    void shouldProveALineAndCheckItWithoutTheLog() throws IOException {
        String id = new ObjectMapper().readTree(SampleLog.event(17)).path("id").asText();
        Path line = file("line", SampleLog.event(17) + "\n");
        Path other = file("other", SampleLog.event(18));
        CommandLineRun byId = Affidavit.run("prove", log.directory(), "--event", id);
        CommandLineRun byNumber = Affidavit.run("prove", log.directory(), "--line", 17);
        Path proof = file("proof", byId.output());

        assertThat(byId.exitCode()).as(byId.errors()).isZero();
        assertThat(byNumber).isEqualTo(byId);
        assertThat(byId.output()).startsWith("c2sp.org/tlog-proof@v1\nindex 17\n");
        CommandLineRun proven = Affidavit.run("check", proof, "--key", pins, "--line-file", line);
        assertThat(proven.exitCode()).as(proven.errors()).isZero();
        assertThat(proven.output()).startsWith("proven: it is line 17 of the log " + SealedLog.ORIGIN + "/");
        CommandLineRun not = Affidavit.run("check", proof, "--key", pins, "--line-file", other);
        assertThat(not.exitCode()).isEqualTo(7);
        assertThat(not.output()).startsWith("not proven: another line");
    }

    @Test
    void shouldProveNothingWithTheKeysOfAnother() throws IOException {
        Path line = file("line", SampleLog.event(1));
        Path proof = file(
                "proof", Affidavit.run("prove", log.directory(), "--line", 1).output());
        Path others = keys("others", SealedLog.in(temporary.resolve("other"), 1));

        CommandLineRun run = Affidavit.run("check", proof, "--key", others, "--line-file", line);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.output()).startsWith("key unknown: ");
    }

    @Test
    void shouldSayWhyThereIsNoProof() throws IOException {
        CommandLineRun none = Affidavit.run("prove", log.directory(), "--event", "evt_\u001b");
        CommandLineRun behind = Affidavit.run("prove", log.directory(), "--line", 30);
        CommandLineRun both = Affidavit.run("prove", log.directory(), "--line", 1, "--event", "x");
        CommandLineRun neither = Affidavit.run("prove", log.directory());
        CommandLineRun text = Affidavit.run("check", pins, "--key", pins);

        for (CommandLineRun failed : List.of(none, behind, text)) {
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.output()).isEmpty();
            assertThat(failed.errorLines()).hasSize(1);
            assertThat(failed.errors()).doesNotContain("\u001b");
        }
        assertThat(none.errors()).startsWith("no proof: ").contains("has the id evt_");
        assertThat(behind.errors()).contains("not sealed");
        assertThat(text.errors()).contains("expected a tlog-proof");
        assertThat(List.of(both.exitCode(), neither.exitCode())).containsOnly(2);
    }
}
