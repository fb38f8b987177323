package dev.affidavit.store;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many short logs, each under a few callers that do anything at all, one of which closes it. */
final class CommitProtocolTest {
    @TempDir(factory = InMemory.class)
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Timeout(600)
    @Test
    void shouldKeepEveryPromiseUnderAFewCallers() throws Exception {
        run(150);
    }

    @Tag("campaign")
    @Timeout(1_800)
    @Test
    void shouldKeepEveryPromiseUnderAFewCallersManyTimes() throws Exception {
        run(Integer.getInteger("affidavit.commits.logs", 20_000));
    }

    private void run(int logs) throws Exception {
        long seed = Long.getLong("affidavit.seed", System.nanoTime());
        Random random = new Random(seed);
        long lines = 0;
        for (int i = 0; i < logs; i++) {
            CommitRun run = new CommitRun(directory.resolve("log-" + i), random.nextLong());
            try {
                lines += run.go();
            } catch (AssertionError e) {
                throw new AssertionError("-Daffidavit.seed=%d, log %d: %s".formatted(seed, i, e.getMessage()), e);
            }
        }
        System.out.printf("%d logs, %d lines acknowledged, -Daffidavit.seed=%d%n", logs, lines, seed);
    }
}
