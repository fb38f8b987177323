package dev.affidavit.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.testkit.appender.LogFile;
import dev.affidavit.testkit.appender.Outcomes;
import dev.affidavit.testkit.appender.ProgramJvm;
import dev.affidavit.testkit.appender.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes a JVM of its own. */
final class LogbackProcessTest {
    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new LogbackUnderTest().unconfigure();
    }

    @Test
    void shouldRecordOnTheModulePath() throws IOException {
        List<String> modules = ProgramJvm.classPath(LogbackProcessTest::isModule);
        List<String> arguments = new ArrayList<>(
                List.of("--module-path", ProgramJvm.join(modules), "--add-modules", "dev.affidavit.logback"));
        arguments.addAll(arguments(ProgramJvm.classPath(entry -> !isModule(entry))));

        assertThat(run(arguments, "record")).contains("program: recorded");
        assertThat(log().events()).hasSize(1);
    }

    private static boolean isModule(String entry) {
        return Stream.of(
                        "logback-classic",
                        "logback-core",
                        "slf4j-api",
                        "jackson-core",
                        "/logback-appender/target/classes",
                        "/audit-core/target/",
                        "/audit-store/target/",
                        "affidavit-core",
                        "affidavit-store")
                .anyMatch(entry::contains);
    }

    @Test
    void shouldSayThatThereIsNoFramework() throws IOException {
        assertThat(run(arguments(ProgramJvm.classPath(entry -> !entry.contains("/ch/qos/logback/"))), "record"))
                .contains("program: failed: ", "no logging framework: put affidavit-logback");
    }

    @Test
    void shouldRefuseADirectoryThatAnotherProcessHolds() throws IOException {
        Setup setup = Setup.in(directory.resolve("log")).with("lockTimeout", "300ms");
        try (ProgramJvm other =
                ProgramJvm.start(arguments(ProgramJvm.classPath(entry -> true)), "record", "hold", "record")) {
            other.awaitHolding();
            new LogbackUnderTest().configure(setup);

            assertThat(Outcomes.messageOf(() -> AuditLogger.get("security").record(EventType.AUTH_FAILURE, e -> {})))
                    .contains("directory: ", "is in use by another process")
                    .containsPattern(
                            "still so after PT0(\\.3)?S"); // an event that comes later tries again, and waits for
            // nobody
            assertThat(other.end()).doesNotContain("failed");
        }
        assertThat(log().events()).hasSize(2);

        new LogbackUnderTest().configure(setup);
        AuditLogger.get("security").record(EventType.AUTH_FAILURE, e -> {});
        assertThat(log().events()).hasSize(3);
    }

    private LogFile log() {
        return new LogFile(directory.resolve("log"));
    }

    private List<String> arguments(List<String> classPath) throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("logback.xml"),
                "<configuration>%s<root level=\"all\"><appender-ref ref=\"audit\"/></root></configuration>"
                        .formatted(LogbackUnderTest.appender(Setup.in(directory.resolve("log")))));
        return List.of("-cp", ProgramJvm.join(classPath), "-Dlogback.configurationFile=" + configuration);
    }

    private static String run(List<String> arguments, String what) {
        try (ProgramJvm program = ProgramJvm.start(arguments, what)) {
            return program.end();
        }
    }
}
