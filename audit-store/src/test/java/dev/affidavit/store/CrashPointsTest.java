package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at every step of what a log does to its disk, and within one. Again with {@code -Daffidavit.seed=…}; more of them
 * with {@code -Daffidavit.crashes.seeds=…} and {@code -Daffidavit.crashes.lines=…}; of some scenarios alone, the names of
 * which match a regular expression, with {@code -Daffidavit.crashes.scenarios=…}.
 */
final class CrashPointsTest {
    private static final String SCENARIOS = System.getProperty("affidavit.crashes.scenarios", ".*");

    private static final CrashTally TOTAL = new CrashTally();
    private static int borne;
    private static FastSignatures signatures;

    @TempDir(factory = InMemory.class)
    Path scratch;

    @BeforeAll
    static void signFaster() {
        signatures = new FastSignatures();
    }

    @AfterAll
    static void signAsBefore() {
        signatures.close();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    void shouldKeepItsPromisesInCrashes(CrashScenario scenario) throws Exception {
        requireChosen(scenario);
        CrashTally tally = new CrashPoints(scenario, 1, scenario.isSealed() ? 30 : 6, 1, scratch).play(24);
        print(scenario.name(), tally, 1);

        // The thread that seals takes its steps when it can: how many of them are hit is not the same each time.
        assertThat(tally.all()).isGreaterThan(scenario.isSealed() ? 0 : 20);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("campaign")
    @Timeout(3_600)
    void shouldKeepItsPromisesInManyCrashes(CrashScenario scenario) throws Exception {
        requireChosen(scenario);
        long first = Long.getLong("affidavit.seed", System.nanoTime());
        CrashTally all = new CrashTally();
        for (int i = 0; i < Integer.getInteger("affidavit.crashes.seeds", 3); i++) {
            all.add(new CrashPoints(scenario, first + i, 1, 4, scratch)
                    .play(Integer.getInteger("affidavit.crashes.lines", scenario.isSealed() ? 24 : 80)));
        }
        print(scenario.name(), all, first);
        TOTAL.add(all);

        assertThat(all.all()).isGreaterThan(100);
        borne++;
    }

    @AfterAll
    static void printTotal() {
        if (TOTAL.all() > 0) {
            System.out.printf(
                    "crash points: all %s; %d of %d scenarios without a violation%n",
                    TOTAL, borne, CrashScenario.values().length);
        }
    }

    private static void requireChosen(CrashScenario scenario) {
        assumeTrue(scenario.name().matches(SCENARIOS), "not chosen");
    }

    private static void print(String scenario, CrashTally tally, long seed) {
        System.out.printf("crash points: %-24s %s; seed %d%n", scenario, tally, seed);
    }
}
