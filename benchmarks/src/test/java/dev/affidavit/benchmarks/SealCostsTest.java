package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from end to end, over so few lines that no figure means anything. */
final class SealCostsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void shouldMeasureVerifyAndReport() throws Exception {
        int status = run("--events", "800", "--repetitions", "1", "--directory", directory.toString());

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("800 lines of", "| 8 threads, events/s |", "| MB per CPU second |");
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("Repetition 1 of 1");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAnUnknownOption() throws Exception {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("unknown option --fast");
    }

    private int run(String... arguments) throws Exception {
        return new SealCosts(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }
}
