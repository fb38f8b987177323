package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end, over so few lines that no time means anything. */
final class CostsCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final CostsCommand<?> seals = SealCosts.command(stream(out), stream(progress));
    private final CostsCommand<?> encryption = EncryptionCosts.command(stream(out), stream(progress));

    @TempDir
    Path directory;

    @Test
    void shouldMeasureSealsAndTheirVerification() throws Exception {
        assertThat(run(seals, "--events", "800", "--repetitions", "1", "--directory", directory.toString()))
                .isZero();

        assertThat(text(out)).contains("800 lines of", "| 8 threads, events/s |", "| MB per CPU second |");
        assertThat(text(progress)).contains("Repetition 1 of 1");
        assertThat(directory).isEmptyDirectory();
    }

    /** Sizes are the same in each run: that of a line, and that of its JWE. */
    @Test
    void shouldMeasureEncryption() throws Exception {
        assertThat(run(encryption, "--events", "800", "--repetitions", "1", "--directory", directory.toString()))
                .isZero();

        assertThat(text(out))
                .contains(
                        "800 lines of",
                        "| AES-256-GCM and base64url of the line |",
                        "| bytes per stored line | 852 (852..852) | 374 (374..374) | 2.28 (2.28..2.28) |",
                        "| 8 threads, events/s |");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldSayHowItIsUsed() throws Exception {
        assertThat(run(encryption, "--help")).isZero();

        assertThat(text(out)).startsWith("Usage: benchmarks/encryption ").contains("--events N ");
    }

    @Test
    void shouldRefuseAnUnknownOption() throws Exception {
        assertThat(run(seals, "--fast")).isEqualTo(2);

        assertThat(text(progress)).contains("benchmarks/seals: unknown option --fast");
    }

    private static int run(CostsCommand<?> command, String... arguments) throws Exception {
        return command.run(List.of(arguments));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
