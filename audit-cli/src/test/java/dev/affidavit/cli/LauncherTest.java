package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.store.LegalHolds;
import dev.affidavit.testkit.CommandLineRun;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.trail.ProductVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it is started, and the packaged program; runs once that is built. */
@Tag("packaged")
@RequiresProgram("bash")
@Timeout(900)
final class LauncherTest {
    private static final CommandLineRun VERSION =
            new CommandLineRun(0, "affidavit %s\n".formatted(ProductVersion.CURRENT), "");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Checkout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Checkout.in(directory.resolve("a checkout"));
    }

    private Path writeLog() {
        Path log = directory.resolve("log");
        try (SampleLog sample = SampleLog.in(log)) {
            sample.appendEvents(0, 10);
        }
        return log;
    }

    @Test
    void shouldBuildWhenTheProgramIsMissingOrOlderThanItsSources() throws Exception {
        CommandLineRun first = checkout.run("--version");

        assertThat(first.exitCode()).isZero();
        assertThat(first.output()).isEqualTo(VERSION.output());
        assertThat(first.errorLines()).hasSize(2).last().isEqualTo("what a build says");
        assertThat(first.errorLines().get(0)).startsWith("Building the command line first");
        assertThat(checkout.builds()).isEqualTo(1);

        assertThat(checkout.run("--version")).isEqualTo(VERSION);
        assertThat(checkout.builds()).isEqualTo(1);

        Path source = checkout.file("audit-cli/src/main/java/Source.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        assertThat(checkout.run("--version").errors()).startsWith("Building");
        assertThat(checkout.builds()).isEqualTo(2);

        Files.delete(source);
        assertThat(checkout.run("--version").errors()).startsWith("Building");
        assertThat(checkout.builds()).isEqualTo(3);
    }

    @Test
    void shouldSayWhatItCannotDo() throws Exception {
        Files.createFile(checkout.file("broken"));
        CommandLineRun broken = checkout.run("--version");
        CommandLineRun noJava =
                checkout.run(List.of(checkout.file("affidavit").toString()), Map.of("JAVA_HOME", "/nonexistent"));

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.errorLines()).last().isEqualTo("affidavit: the build failed");
        assertThat(noJava)
                .isEqualTo(
                        new CommandLineRun(
                                1,
                                "",
                                "affidavit: there is no '/nonexistent/bin/java'; install a JDK, 17 or newer, or set JAVA_HOME\n"));
    }

    @Test
    void shouldRefuseAJavaThatIsTooOld() throws Exception {
        Path home = directory.resolve("jdk-11");
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(
                home.resolve("bin/java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");

        CommandLineRun run =
                checkout.run(List.of(checkout.file("affidavit").toString()), Map.of("JAVA_HOME", home.toString()));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines())
                .containsExactly("affidavit: '%s/bin/java' is Java 11.0.2, but 17 or newer is needed; set JAVA_HOME"
                        .formatted(home));
    }

    @Test
    void shouldPassArgumentsOnAndTheExitCodeBack() throws Exception {
        checkout.built();
        Path link = Files.createSymbolicLink(directory.resolve("link"), checkout.file("affidavit"));

        CommandLineRun run = checkout.run(List.of(link.toString(), "stats", "no log *"), Map.of());

        assertThat(checkout.run("stats").exitCode()).isEqualTo(2);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errorLines()).containsExactly("no log *: expected the directory of a log, found nothing");
    }

    @Test
    void shouldHaveTheDestinationsOfTheProduct() throws Exception {
        Path file = Files.writeString(directory.resolve("agent.yaml"), """
                directory: log
                forwarders:
                - {to: syslog, name: a, host: 127.0.0.1}
                - {to: splunk-hec, name: b, url: https://127.0.0.1:8088, token: env:PATH}
                - {to: elasticsearch, name: c, url: https://127.0.0.1:9200}
                - {to: database, name: d, url: jdbc:h2:file:./audit}
                """);
        checkout.built();

        CommandLineRun run = checkout.run("forward", file, "--check");

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.outputLines()).hasSize(4);
    }

    @Test
    void shouldSpeakUtf8WhateverTheLocaleIs() throws Exception {
        Path log = writeLog();
        LegalHolds.of(log).place("case-4711", "Пароль 密码");
        checkout.built();

        CommandLineRun run = checkout.run(
                List.of(checkout.file("affidavit").toString(), "stats", log.toString()), Map.of("LC_ALL", "C"));

        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).contains("case-4711: Пароль 密码\n");
    }

    @Test
    @RequiresProgram("script")
    void shouldShowProgressOnATerminalAlone() throws Exception {
        Path log = writeLog();
        String command = "'%s' stats --lines '%s'".formatted(checkout.file("affidavit"), log);
        checkout.built();

        CommandLineRun terminal = checkout.run(List.of("script", "-qec", command, "/dev/null"), Map.of());
        CommandLineRun pipe = checkout.run("stats", "--lines", log);

        assertThat(terminal.output()).contains("\r\u001b[Kcounting lines: ", "lines        10\r\n");
        assertThat(pipe.output()).contains("lines        10\n").doesNotContain("\r");
        assertThat(pipe.errors()).isEmpty();
    }
}
