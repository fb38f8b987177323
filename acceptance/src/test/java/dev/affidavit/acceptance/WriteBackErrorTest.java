package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device that takes writes and then cannot keep them: ext4 over a file that cannot grow to the size it promises. The kernel
 * says so to a force and to nobody else.
 */
@RequiresMount(RequiresMount.EXT4)
final class WriteBackErrorTest {
    private static final int TIMES = Integer.getInteger("affidavit.writeBackErrors", 10);

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void shouldTellEveryCallerWhoseEventTheDeviceDidNotKeep() throws Exception {
        fill(10, 1);
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1})
    void shouldTellEveryCallerManyTimes(int criticalEvery) throws Exception {
        fill(criticalEvery, TIMES);
    }

    private void fill(int criticalEvery, int times) throws Exception {
        PowerTally tally = new PowerTally("refused, CRITICAL 1 in " + criticalEvery);
        for (int i = 0; i < times; i++) {
            new PowerRun(Framework.LOG4J2, newDirectory(i), new Random(), criticalEvery, "50ms").fill(tally);
        }
        System.out.print(PowerTally.head() + tally);
        assertThat(tally.violations).isEmpty();
        assertThat(tally.acknowledged).isGreaterThanOrEqualTo(times);
    }

    private Path newDirectory(int number) throws IOException {
        return Files.createDirectory(directory.resolve(Integer.toString(number)));
    }
}
