package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.forward.agent.Program;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import dev.affidavit.trail.ProductVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(300)
final class MainTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path log() {
        return directory.resolve("log");
    }

    private void writeLog() {
        try (SampleLog log = SampleLog.in(log())) {
            log.appendEvents(0, 10);
        }
    }

    private Path configure(int port) throws IOException {
        return Files.writeString(directory.resolve("agent.yaml"), """
                directory: %s
                forwarders: [{to: syslog, name: soc, host: 127.0.0.1, port: %d}]
                """.formatted(log(), port));
    }

    @Test
    void shouldListItsCommandsAndExitCodes() {
        CommandLineRun help = Affidavit.run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(Main.commands().getSubcommands())
                .allSatisfy((name, command) -> assertThat(help.output()).contains("\n  " + name));
        assertThat(help.output()).contains("Exit codes:", "  0 ", "  1 ", "  2 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stats",
                "verify",
                "keys",
                "keys show",
                "keys export",
                "prove",
                "check",
                "forward",
                "dead-letters",
                "dead-letters list"
            })
    void shouldHelpWithEveryCommandUnderItsOwnName(String command) {
        CommandLineRun help =
                Affidavit.run((Object[]) (command + " --help").strip().split(" "));
        CommandLineRun version =
                Affidavit.run((Object[]) (command + " --version").strip().split(" "));

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).startsWith(("Usage: affidavit " + command).strip() + " [");
        assertThat(help.outputLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(version).isEqualTo(new CommandLineRun(0, "affidavit " + ProductVersion.CURRENT + "\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sats: Unmatched argument at index 0: 'sats'. Did you mean stats?",
                "stats: Missing required parameter: 'DIRECTORY'. See affidavit stats --help",
                "stats --jsn x: Unknown option: '--jsn'. Did you mean --json?",
                "forward: Missing required parameter: 'FILE'. See affidavit forward --help",
                "dead-letters show x ../y: FORWARDER: expected letters, digits, '_' and '-', found '../y'."
                        + " See affidavit dead-letters --help",
                "stats \u001b[2J \u001b[3J: Unmatched argument at index 2: '?[3J'. See affidavit stats --help"
            })
    void shouldSayInOneLineWhatIsWrongWithTheCommandLine(String example) {
        int colon = example.indexOf(": ");
        Object[] arguments =
                colon < 0 ? new Object[0] : example.substring(0, colon).split(" ");
        String says = colon < 0 ? "Missing required subcommand. See affidavit --help" : example.substring(colon + 2);

        assertThat(Affidavit.run(arguments)).isEqualTo(new CommandLineRun(2, "", says + "\n"));
    }

    @Test
    void shouldForwardAsTheAgentDoes() throws IOException {
        writeLog();
        try (SyslogReceiver receiver = SyslogReceiver.start()) {
            CommandLineRun run = Affidavit.run("forward", configure(receiver.port()), "--once");

            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(receiver.await(10, Duration.ofMinutes(2))).hasSize(10);
        }
        assertThat(Affidavit.run("stats", log(), "--json")
                        .json()
                        .at("/forwarders/0/lag_bytes")
                        .asLong(-1))
                .isZero();
    }

    @Test
    void shouldTellWhetherAConfigurationIsGood() throws IOException {
        Path file = configure(601);
        CommandLineRun good = Affidavit.run("forward", file, "--check");
        Files.writeString(file, "directory: x\n");
        CommandLineRun wrong = Affidavit.run("forward", file, "--check");

        assertThat(good.exitCode()).isZero();
        assertThat(good.outputLines()).containsExactly(file + ": good: soc to syslog on 127.0.0.1 port 601 (tcp)");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errorLines())
                .containsExactly(file + ": forwarders: expected a list of at least one forwarder, found none");
    }

    @Test
    void shouldLookAfterDeadLetters() throws IOException {
        try (OperatedLog operated = OperatedLog.in(log(), 10)) {
            operated.refuse("soc.jsonl", 7);

            assertThat(Affidavit.run("dead-letters", "list", log()).output()).startsWith("soc: 1 dead letter(s) in ");
            assertThat(Affidavit.run("dead-letters", "show", log(), "soc").output())
                    .contains("refused 1 time(s) by x: no", "event 7");
            assertThat(Affidavit.run("dead-letters", "send-again", log(), "soc").outputLines())
                    .containsExactly("soc: 1 dead letter(s) will be sent again");
            assertThat(Affidavit.run("dead-letters", "list", log())).isEqualTo(new CommandLineRun(0, "", ""));
        }
    }

    /** As on a full disk, or behind a pipe that nobody reads. */
    @Test
    void shouldFailIfItsOutputCannotBeWritten() {
        writeLog();
        StringWriter errors = new StringWriter();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        int exitCode = Program.run(
                Main.commands(),
                new PrintWriter(full, true, StandardCharsets.UTF_8),
                new PrintWriter(errors, true),
                "stats",
                log().toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(errors).hasToString("standard output cannot be written: what it holds is not complete\n");
    }

    @Test
    void shouldShowTheTraceOfABugWithoutWhatMovesTheCursor() {
        StringWriter errors = new StringWriter();

        int exitCode = Program.run(
                new CommandLine(new Broken()), new PrintWriter(new StringWriter()), new PrintWriter(errors, true));

        assertThat(exitCode).isEqualTo(1);
        assertThat(errors.toString())
                .startsWith("java.lang.IllegalStateException: a bug?[2J\n    at ")
                .doesNotContain("\u001b");
    }

    @CommandLine.Command(name = "broken")
    static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("a bug\u001b[2J");
        }
    }
}
