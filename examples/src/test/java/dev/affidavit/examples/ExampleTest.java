package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExampleTest {
    /** All of SyndrDB's but AUDIT_LOG_TAMPER, which a verifier finds, not a service. */
    private static final List<String> TYPES = List.of(
            "AUTH_SUCCESS",
            "AUTH_FAILURE",
            "AUTH_LOCKOUT",
            "AUTH_UNLOCK",
            "SESSION_CREATED",
            "SESSION_EXPIRED",
            "SESSION_DESTROYED",
            "SESSION_HIJACK",
            "RATE_LIMIT_HIT",
            "IP_BLOCKED",
            "IP_UNBLOCKED",
            "PROGRESSIVE_DELAY",
            "ACCESS_DENIED",
            "PRIVILEGE_ESCALATION",
            "UNAUTHORIZED_ACCESS",
            "SECURITY_CONFIG_CHANGE",
            "SYSTEM_COMPROMISE");

    /** Of data access, and of the shop's own. */
    private static final List<String> MORE_TYPES =
            List.of("SELECT", "UPDATE", "DELETE", "ALTER_ROLE", "ORDER_PLACED", "ORDER_APPROVED", "ORDERS_EXPORTED");

    /** Shared: the second run goes on with the log that the first one left. */
    @TempDir
    static Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"logback", "log4j2"})
    void shouldRecordCountAndReceiveTheSameEvents(String framework) throws Exception {
        int before = lines().size();

        ExampleProcess run = ExampleProcess.run(framework, directory, "--directory", log().toString(), "--json");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        JsonNode summary = run.summary();
        List<String> added = lines().subList(before, lines().size());
        assertThat(summary.path("agree").asBoolean()).isTrue();
        assertThat(summary.path("requests").asInt()).isGreaterThan(300);
        assertThat(List.of("recorded", "counted", "counted_by_jmx", "counted_by_micrometer", "received"))
                .allSatisfy(count -> assertThat(summary.path(count).asInt()).isEqualTo(added.size() - 1));
        assertThat(summary.path("receiver").asText())
                .startsWith(Program.find("rsyslogd").isPresent() ? "rsyslogd" : "the embedded receiver");
        assertThat(added)
                .allSatisfy(line -> assertThat(LineSchema.problems(line)).isEmpty());
        assertThat(added.stream().map(EventText::typeOf))
                .startsWith("AUDIT_LOG_STARTED")
                .endsWith("AUDIT_LOG_STOPPED")
                .containsAll(TYPES)
                .containsAll(MORE_TYPES);
        assertThat(added)
                .as("of a plain logger: fields, a detail, and who acts")
                .anyMatch(
                        line -> line.matches(
                                ".*\"event_type\":\"ORDERS_EXPORTED\",.*\"username\":\"arthur\",\"session_id\":\"sess_.*"
                                        + "\"details\":\\{\"format\":\"csv\"}.*\"object_name\":\"orders\",\"rows_affected\":33.*"));
        assertThat(run.errors()).doesNotContain("ERROR").doesNotContain("WARN");
    }

    @Test
    void shouldNameTheWrongOption() throws Exception {
        ExampleProcess run = ExampleProcess.run("logback", directory, "--sever");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("unknown option --sever");
    }

    @Test
    void shouldSayThatTheLogCannotBeOpened() throws Exception {
        Path file = Files.createFile(directory.resolve("occupied"));

        ExampleProcess run = ExampleProcess.run("log4j2", directory, "--directory", file.toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors()).contains(file.toString()).contains("no audit log was opened");
    }

    private static Path log() {
        return directory.resolve("security");
    }

    private static List<String> lines() throws IOException {
        if (!Files.exists(log())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(log())) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .flatMap(ExampleTest::linesOf)
                    .toList();
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
