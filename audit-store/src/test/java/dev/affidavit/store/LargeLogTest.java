package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is far larger than the memory of who writes and reads it, in segments that are larger than an int can say. */
final class LargeLogTest {
    private static final long GIGA = 1_000_000_000L;
    /** With less than 20 GB, less is shown: {@code -Daffidavit.large.gigabytes=2}. */
    private static final long GIGABYTES = Long.getLong("affidavit.large.gigabytes", 20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Timeout(600)
    @Test
    void shouldWriteRotateAndRead() throws Exception {
        run("write", GIGA / 25, GIGA / 400);
        run("read", GIGA / 25, GIGA / 400);

        assertThat(LogFiles.names(directory)).hasSizeGreaterThan(10);
    }

    @Tag("campaign")
    @Timeout(1800)
    @Test
    void shouldWriteRotateAndReadALargeLog() throws Exception {
        run("write", GIGABYTES * GIGA, 3 * GIGA);
        run("read", GIGABYTES * GIGA, 3 * GIGA);

        assertThat(LogFiles.names(directory)).hasSize((int) (GIGABYTES / 3 + 1));
        for (String name : LogFiles.names(directory)) {
            Files.delete(directory.resolve(name)); // at once: others may need the room
        }
    }

    private void run(String what, long bytes, long segmentBytes) throws Exception {
        List<String> command =
                new ArrayList<>(ChildJvm.command(LargeLogRun.class, what, directory, bytes, segmentBytes));
        command.replaceAll(option -> option.startsWith("-Xmx") ? "-Xmx64m" : option);
        command.removeIf(option -> option.startsWith("-XX:TieredStopAtLevel")); // it lives long enough
        Path output = directory.resolve(".affidavit-run");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        System.out.print(Files.readString(output));
        Files.delete(output);
    }
}
