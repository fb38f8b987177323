package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresMount;
import dev.affidavit.testkit.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power that goes while an application records, rotates, removes and forwards, on a real file system. */
@RequiresMount(RequiresMount.EXT4)
@RequiresProgram("python3")
final class PowerCutTest {
    private static final int CUTS = Integer.getInteger("affidavit.powerCuts", 30);

    @TempDir
    Path directory;

    private final long seed = Long.getLong("affidavit.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<PowerTally> tallies = new ArrayList<>();

    @Test
    @Timeout(600)
    void shouldKeepWhatWasPromisedInAFewPowerCuts() throws Exception {
        copy(Framework.LOG4J2, 10, "1h", 4);
        shutDown(Framework.LOGBACK, 10, "50ms", 2);
        report();
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatWasPromisedInManyCopies(Framework framework) throws Exception {
        copy(framework, 0, "1h", CUTS);
        copy(framework, 0, "50ms", CUTS);
        copy(framework, 10, "1h", CUTS);
        copy(framework, 1, "1h", CUTS);
        report();
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatWasPromisedInManyShutDowns(Framework framework) throws Exception {
        shutDown(framework, 0, "1h", CUTS);
        shutDown(framework, 10, "50ms", CUTS);
        shutDown(framework, 1, "1h", CUTS);
        report();
    }

    private void copy(Framework framework, int criticalEvery, String flushInterval, int cuts) throws Exception {
        PowerTally tally = tally("copy", framework, criticalEvery, flushInterval);
        run(framework, tally, criticalEvery, flushInterval).copy(cuts, tally);
    }

    private void shutDown(Framework framework, int criticalEvery, String flushInterval, int cuts) throws Exception {
        PowerTally tally = tally("shutdown", framework, criticalEvery, flushInterval);
        run(framework, tally, criticalEvery, flushInterval).shutDown(cuts, tally);
    }

    private PowerTally tally(String way, Framework framework, int criticalEvery, String flushInterval) {
        String level = criticalEvery == 0 ? "written" : criticalEvery == 1 ? "synced" : "mixed";
        PowerTally tally = new PowerTally("%s %s %s %s".formatted(way, framework, level, flushInterval));
        tallies.add(tally);
        return tally;
    }

    private PowerRun run(Framework framework, PowerTally tally, int criticalEvery, String flushInterval)
            throws Exception {
        Path own = Files.createDirectories(directory.resolve(tally.name.replace(' ', '-')));
        return new PowerRun(framework, own, random, criticalEvery, flushInterval);
    }

    private void report() {
        StringBuilder table = new StringBuilder(PowerTally.head());
        tallies.forEach(table::append);
        System.out.printf("%s(again with -Daffidavit.seed=%d)%n", table, seed);
        assertThat(tallies.stream().flatMap(tally -> tally.violations.stream()).limit(20))
                .isEmpty();
        assertThat(tallies).allMatch(tally -> tally.acknowledged > 0 && tally.cuts > 0);
    }
}
