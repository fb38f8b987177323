package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from end to end, for so short a time that no figure means anything. */
final class BenchmarksTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void shouldMeasureCountAndReport() throws Exception {
        // when
        Path json = directory.resolve("figures.json");
        int status = run(
                "--quick",
                "--threads",
                "2",
                "--only",
                "written/affidavit-logback-event",
                "--directory",
                directory.resolve("runs").toString(),
                "--json",
                json.toString());

        // then
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("lines counted");
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("| written | 2 | affidavit-logback-event |");
        JsonNode row = new ObjectMapper().readTree(json.toFile()).path("rows").path(0);
        assertThat(row.path("eventsPerSecond").path("median").asDouble()).isPositive();
        assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAnUnknownOption() throws Exception {
        assertThat(run("--quik")).isEqualTo(2);
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("unknown option --quik");
    }

    @Test
    void shouldRefuseASelectionOfNothing() throws Exception {
        assertThat(run("--only", "nobody")).isEqualTo(2);
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("[nobody]");
    }

    private int run(String... arguments) throws Exception {
        return new Benchmarks(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }
}
