package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class DeadLetterCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path log() {
        return directory.resolve("log");
    }

    @BeforeEach
    void writeLog() {
        try (SampleLog log = SampleLog.in(log())) {
            log.appendEvents(0, 10);
        }
    }

    private CommandLineRun forward(String refuse) throws IOException {
        Path file = Files.writeString(
                directory.resolve("agent.yaml"), """
                directory: %s
                forwarders: [{to: picky, name: soc, file: %s, refuse: %s}]
                """.formatted(log(), directory.resolve("picky"), refuse));
        return AgentCommands.run("run", file, "--once");
    }

    @Test
    void shouldListShowAndSendAgain() throws IOException {
        assertThat(forward("sess_7").exitCode()).isZero();
        assertThat(directory.resolve("picky")).content().hasLineCount(9).doesNotContain("sess_7");
        Path file = log().toRealPath().resolve(".affidavit/dead-letters/soc.jsonl");

        CommandLineRun list = AgentCommands.run("dead-letters", "list", log());
        assertThat(list.exitCode()).isZero();
        assertThat(list.outputLines()).containsExactly("soc: 1 dead letter(s) in " + file);
        assertThat(AgentCommands.run("dead-letters", "list", log(), "--json").outputLines())
                .containsExactly("{\"forwarder\":\"soc\",\"dead_letters\":1,\"file\":\"" + file + "\"}");

        CommandLineRun show = AgentCommands.run("dead-letters", "show", log(), "soc");
        assertThat(show.exitCode()).isZero();
        assertThat(show.outputLines()).hasSize(2);
        assertThat(show.outputLines().get(0)).contains("refused 1 time(s)", "I do not like it?[2J");
        assertThat(show.outputLines().get(1)).contains(SampleLog.event(7));
        assertThat(AgentCommands.run("dead-letters", "show", log(), "soc", "--json")
                        .outputLines())
                .isEqualTo(Files.readAllLines(file));

        CommandLineRun again = AgentCommands.run("dead-letters", "send-again", log(), "soc");
        assertThat(again.exitCode()).isZero();
        assertThat(again.outputLines()).containsExactly("soc: 1 dead letter(s) will be sent again");
        assertThat(AgentCommands.run("dead-letters", "list", log()).output()).isEmpty();

        assertThat(forward("nothing").exitCode()).isZero();
        assertThat(directory.resolve("picky")).content().hasLineCount(10).endsWith(SampleLog.event(7) + "\n");
    }

    @Test
    void shouldSayThatThereAreNone() {
        assertThat(AgentCommands.run("dead-letters", "list", log())).isEqualTo(new CommandLineRun(0, "", ""));
        CommandLineRun show = AgentCommands.run("dead-letters", "show", log(), "soc");
        assertThat(show.exitCode()).isZero();
        assertThat(show.output()).isEmpty();
        assertThat(show.errorLines()).containsExactly("soc has no dead letters in " + log());
        assertThat(AgentCommands.run("dead-letters", "send-again", log(), "soc").outputLines())
                .containsExactly("soc: 0 dead letter(s) will be sent again");
    }

    @Test
    void shouldRefuseWhatIsNoLogAndNoName() {
        CommandLineRun noLog = AgentCommands.run("dead-letters", "list", directory);
        CommandLineRun noName = AgentCommands.run("dead-letters", "show", log(), "../soc");

        assertThat(noLog.exitCode()).isEqualTo(1);
        assertThat(noLog.errorLines())
                .containsExactly(directory + " is not the directory of a log: it has no .affidavit in it");
        assertThat(noName.exitCode()).isEqualTo(2);
        assertThat(noName.errorLines())
                .containsExactly("FORWARDER: expected letters, digits, '_' and '-', found '../soc'."
                        + " See affidavit-forward dead-letters --help");
    }

    @Test
    void shouldNameTheLineThatIsNoDeadLetter() throws IOException {
        forward("sess_7");
        Path file = log().toRealPath().resolve(".affidavit/dead-letters/soc.jsonl");
        Files.writeString(file, "nonsense\n");

        CommandLineRun show = AgentCommands.run("dead-letters", "show", log(), "soc");

        assertThat(show.exitCode()).isEqualTo(1);
        assertThat(show.errorLines()).singleElement().asString().startsWith(file + ": line 1: ");
    }

    @Test
    void shouldShowNoNameThatMovesTheCursor() throws IOException {
        forward("sess_7");
        Path moved = Files.move(log(), directory.resolve("x\u001b[2J\u009b\u202ey"));

        assertThat(AgentCommands.run("dead-letters", "list", moved).output()).contains("/x?[2J??y/");
        assertThat(AgentCommands.run("dead-letters", "list", moved, "--json").output())
                .contains("/x\\u001B[2J\\u009B\\u202Ey/");
        assertThat(AgentCommands.run("dead-letters", "show", moved, "none").errors())
                .contains("/x?[2J??y\n");
    }
}
