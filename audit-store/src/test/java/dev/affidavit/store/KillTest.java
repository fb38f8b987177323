package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that are killed while they open, write and close a log, and what is in it afterwards. More of them with {@code
 * -Daffidavit.kills=…}, which is how many of each kind.
 */
final class KillTest {
    /** What a killed process has written is in the memory of the kernel on every file system. */
    @TempDir(factory = InMemory.class)
    Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    void shouldKeepItsPromisesToKilledProcesses(KillKind kind) throws Exception {
        kill(kind, 1, 2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("campaign")
    @Timeout(3_600)
    void shouldKeepItsPromisesToManyKilledProcesses(KillKind kind) throws Exception {
        int workers = 2 * Runtime.getRuntime().availableProcessors(); // half of their time they wait
        kill(kind, workers, Integer.getInteger("affidavit.kills", 280) / workers);
    }

    private void kill(KillKind kind, int workers, int each) throws Exception {
        long seed = Long.getLong("affidavit.seed", System.nanoTime());
        KillTally tally = new KillTally();
        Threads.run(workers, Duration.ofHours(1), worker -> {
            Path own = Files.createDirectory(directory.resolve("worker-" + worker));
            new KillRounds(kind, own, seed + worker, tally).run(each);
        });
        System.out.printf("kills: %-16s %s; seed %d%n", kind, tally, seed);

        assertThat(tally.kills()).isEqualTo(workers * each);
    }
}
