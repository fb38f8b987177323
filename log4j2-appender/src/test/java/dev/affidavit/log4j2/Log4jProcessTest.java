package dev.affidavit.log4j2;

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
final class Log4jProcessTest {
    private static final String PLUGINS = "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";

    @TempDir
    private Path directory;

    @AfterEach
    void unconfigure() {
        new Log4jUnderTest().unconfigure();
    }

    @Test
    void shouldRecordOverLog4jApiAlone() throws IOException {
        assertThat(run(arguments(ProgramJvm.classPath(entry -> !entry.contains("slf4j2-impl"))), "record"))
                .contains("program: recorded");
        assertThat(log().events()).hasSize(1);
        assertThat(log().own("AUDIT_LOG_STOPPED")).hasSize(1);
    }

    @Test
    void shouldRecordOnTheModulePath() throws IOException {
        List<String> modules = ProgramJvm.classPath(Log4jProcessTest::isModule);
        List<String> arguments = new ArrayList<>(
                List.of("--module-path", ProgramJvm.join(modules), "--add-modules", "dev.affidavit.log4j2"));
        arguments.addAll(arguments(ProgramJvm.classPath(entry -> !isModule(entry) && !entry.contains("slf4j2-impl"))));

        assertThat(run(arguments, "record")).contains("program: recorded");
        assertThat(log().events()).hasSize(1);
    }

    private static boolean isModule(String entry) {
        return Stream.of(
                        "log4j-api",
                        "log4j-core",
                        "slf4j-api",
                        "jackson-core",
                        "/log4j2-appender/target/classes",
                        "/audit-core/target/",
                        "/audit-store/target/",
                        "affidavit-core",
                        "affidavit-store")
                .anyMatch(entry::contains);
    }

    @Test
    void shouldRecordEachCallExactlyOnceIfAllLoggersAreAsynchronous() throws IOException {
        List<String> arguments = new ArrayList<>(arguments(ProgramJvm.classPath(entry -> true)));
        arguments.add("-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");

        assertThat(run(arguments, "load")).contains("2000 of 2000 calls returned");
        assertThat(log().events()).hasSize(2000);
        assertThat(log().events().stream()
                        .map(event -> event.get("username").textValue())
                        .distinct())
                .hasSize(2000);
    }

    @Test
    void shouldNameAPluginDescriptorThatWasNotMerged() throws IOException {
        Path merged = directory.resolve("merged");
        Path classes = Path.of("target", "classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(PLUGINS)) {
                    Path copy = merged.resolve(classes.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        List<String> classPath =
                new ArrayList<>(ProgramJvm.classPath(entry -> !entry.contains("log4j2-appender/target/")));
        classPath.add(merged.toString());

        assertThat(run(arguments(classPath), "record"))
                .contains("program: failed: ", "no <Audit> appender in configuration", "Log4j2Plugins.dat");
    }

    @Test
    void shouldSayThatThereIsNoFramework() throws IOException {
        assertThat(run(arguments(ProgramJvm.classPath(entry -> !entry.contains("/log4j/"))), "record"))
                .contains("program: failed: ", "no logging framework: put affidavit-logback");
    }

    @Test
    void shouldRefuseADirectoryThatAnotherProcessHolds() throws IOException {
        Setup setup = Setup.in(directory.resolve("log")).with("lockTimeout", "300ms");
        try (ProgramJvm other =
                ProgramJvm.start(arguments(ProgramJvm.classPath(entry -> true)), "record", "hold", "record")) {
            other.awaitHolding();
            new Log4jUnderTest().configure(setup);

            assertThat(Outcomes.messageOf(() -> AuditLogger.get("security").record(EventType.AUTH_FAILURE, e -> {})))
                    .contains("directory: ", "is in use by another process")
                    .containsPattern(
                            "still so after PT0(\\.3)?S"); // an event that comes later tries again, and waits for
            // nobody
            assertThat(other.end()).doesNotContain("failed");
        }
        assertThat(log().events()).hasSize(2);

        new Log4jUnderTest().configure(setup);
        AuditLogger.get("security").record(EventType.AUTH_FAILURE, e -> {});
        assertThat(log().events()).hasSize(3);
    }

    private LogFile log() {
        return new LogFile(directory.resolve("log"));
    }

    private List<String> arguments(List<String> classPath) throws IOException {
        Path configuration = Files.writeString(directory.resolve("log4j2.xml"), """
                <Configuration status="OFF">
                  <Appenders>%s</Appenders>
                  <Loggers><Root level="all"><AppenderRef ref="audit"/></Root></Loggers>
                </Configuration>""".formatted(
                        Log4jUnderTest.appender(Setup.in(directory.resolve("log")))));
        return List.of("-cp", ProgramJvm.join(classPath), "-Dlog4j2.configurationFile=" + configuration);
    }

    private static String run(List<String> arguments, String what) {
        try (ProgramJvm program = ProgramJvm.start(arguments, what)) {
            return program.end();
        }
    }
}
