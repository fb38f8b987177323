package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.CursorClaim;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogOptions;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class RunOnceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path log() {
        return directory.resolve("log");
    }

    private void write(int from, int to) {
        try (SampleLog log =
                SampleLog.with(LogOptions.in(log()).maxSegmentBytes(4096).build())) {
            log.appendEvents(from, to);
        }
    }

    private CommandLineRun forward(String... forwarders) throws IOException {
        Path file =
                Files.writeString(directory.resolve("agent.yaml"), """
                directory: %s
                forwarders: [%s]
                """.formatted(log(), String.join(",", forwarders)));
        return AgentCommands.run("run", file, "--once");
    }

    private String picky(String name, String more) {
        return "{to: picky, name: %s, file: %s%s}".formatted(name, directory.resolve(name), more);
    }

    @Test
    void shouldDeliverWhatIsThereAndWhatIsNewTheNextTime() throws IOException {
        write(0, 100);
        assertThat(forward(picky("a", "")).exitCode()).isZero();
        assertThat(directory.resolve("a")).content().hasLineCount(100);

        assertThat(forward(picky("a", "")).exitCode()).isZero();
        write(100, 150);
        CommandLineRun last = forward(picky("a", ""), picky("b", ""));

        assertThat(last.exitCode()).isZero();
        assertThat(directory.resolve("a")).content().hasLineCount(150).endsWith(SampleLog.event(149) + "\n");
        assertThat(directory.resolve("b")).hasSameTextualContentAs(directory.resolve("a"));
        assertThat(last.errorLines())
                .anyMatch(line -> line.matches(
                        ".* INFO {2}a to .*: STOPPED since .*, not connected, 50 delivered, 0 refused, no lag"));
    }

    @Test
    void shouldEndAtALastFileThatHasNoLine() throws IOException {
        write(0, 10);
        Files.createFile(log().resolve("security_audit_2099-01-01_00-00-00.log"));

        assertThat(forward(picky("a", "")).exitCode()).isZero();

        assertThat(directory.resolve("a")).content().hasLineCount(10);
    }

    @Test
    void shouldEndBeforeALineThatIsNotFinished() throws IOException {
        write(0, 3);
        try (var files = Files.list(log())) {
            Path segment = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(segment, "{\"id\":", StandardOpenOption.APPEND);
        }

        assertThat(forward(picky("a", "")).exitCode()).isZero();

        assertThat(directory.resolve("a")).content().hasLineCount(3);
    }

    @Test
    void shouldEndIfThereIsNothing() throws IOException {
        write(0, 0);

        assertThat(forward(picky("a", "")).exitCode()).isZero();

        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void shouldBeginAnewIfTheCursorIsDamaged() throws IOException {
        write(0, 10);
        forward(picky("a", ""));
        Files.writeString(log().resolve(".affidavit/cursors/a.cursor"), "nonsense");

        CommandLineRun again = forward(picky("a", ""));

        assertThat(again.exitCode()).isZero();
        assertThat(again.errors()).contains("WARN").contains("a.cursor");
        assertThat(directory.resolve("a")).content().hasLineCount(20);
    }

    @Test
    void shouldDeliverToTheOthersBeforeItSaysThatSomebodyHasToAct() throws IOException {
        write(0, 500);
        Path token = Files.writeString(directory.resolve("token"), "wrong-secret-42");

        CommandLineRun run = forward(picky("a", ", token: 'file:" + token + "'"), picky("b", ""));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(directory.resolve("b")).content().hasLineCount(500);
        assertThat(run.errorLines())
                .anyMatch(line -> line.contains(" ERROR forwarder 'a' is kept from delivering to ")
                        && line.contains("wrong token"));
        assertThat(run.errors()).doesNotContain("wrong-secret-42");
    }

    @Test
    void shouldTakeOverFromAForwarderThatEndsMeanwhile() throws InterruptedException {
        write(0, 10);
        CursorClaim other = Cursors.of(log()).claim("a").orElseThrow();
        FrameworkStatus status = new FrameworkStatus() {
            @Override
            public void info(String message) {}

            @Override
            public void warn(String message) {}

            @Override
            public void error(String message, @Nullable Throwable cause) {
                assertThat(message).contains("another forwarder named 'a' is at work");
                other.close();
            }
        };
        AgentConfig config = new AgentConfig(log(), "", null, Duration.ZERO, List.of(pickyForwarder("a")), null);

        InstantSource standing = InstantSource.fixed(Instant.EPOCH); // it waits for as long as that takes
        assertThat(new Agent(config, status, standing).runOnce()).isTrue();

        assertThat(directory.resolve("a")).content().hasLineCount(10);
    }

    private ForwarderConfig pickyForwarder(String name) {
        ConfigNode element = new ConfigNode(
                "forwarder", Map.of("file", directory.resolve(name).toString()), List.of());
        Problems problems = new Problems();
        return ForwarderConfig.of(name, new PickyProvider().configure(new Options(element, name, problems)));
    }

    @Test
    void shouldFailWithoutALog() throws IOException {
        CommandLineRun run = forward(picky("a", ""));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .isEqualTo(List.of("%s: expected the directory of a log, found nothing".formatted(log())));
    }
}
