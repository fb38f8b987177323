package dev.affidavit.store;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever the schedule, callers get what they would get one after the other. The model checker tries schedules itself, but lets whoever
 * sleeps wake by itself at any time; with real threads nobody does, and who is forgotten is found to hang.
 */
final class TurnsModelTest {
    private static final int SCENARIOS = Integer.getInteger("affidavit.lincheck.scenarios", 100);

    @Timeout(600)
    @Test
    void shouldGiveResultsAsIfOneCameAfterTheOther() {
        check(3, 2, 100);
    }

    @Timeout(600)
    @Test
    void shouldForgetNobodyWhoWaits() {
        stress(10, 3, 2_000);
    }

    @Tag("campaign")
    @Timeout(1_800)
    @Test
    void shouldGiveResultsAsIfOneCameAfterTheOtherInManySchedules() {
        check(SCENARIOS, 2, 3_000);
        check(SCENARIOS, 3, 3_000);
    }

    @Tag("campaign")
    @Timeout(1_800)
    @Test
    void shouldForgetNobodyWhoWaitsInManyRuns() {
        stress(SCENARIOS, 2, 20_000);
        stress(SCENARIOS, 4, 20_000);
    }

    private static void check(int scenarios, int threads, int schedules) {
        new ModelCheckingOptions()
                .iterations(scenarios)
                .threads(threads)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .invocationsPerIteration(schedules)
                .minimizeFailedScenario(false) // each try of one that hangs takes its time
                .check(TurnsOperations.class);
    }

    private static void stress(int scenarios, int threads, int runs) {
        new StressOptions()
                .iterations(scenarios)
                .threads(threads)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .invocationsPerIteration(runs)
                .minimizeFailedScenario(false)
                .check(TurnsOperations.class);
    }
}
