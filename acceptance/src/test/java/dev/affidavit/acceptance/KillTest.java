package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresProgram("rsyslogd")
final class KillTest {
    @TempDir
    Path directory;

    @Timeout(600)
    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingToAFewKills(Framework framework) throws IOException {
        killAndCheck(framework, framework == Framework.LOG4J2 ? 2 : 1);
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingToManyKills(Framework framework) throws IOException {
        killAndCheck(framework, Integer.getInteger("affidavit.kills", 50));
    }

    private void killAndCheck(Framework framework, int kills) throws IOException {
        long seed = Long.getLong("affidavit.seed", new Random().nextLong());
        Outcome outcome = new KillRun(framework, directory, new Random(seed)).kill(kills);
        System.out.printf("%s: %d kills; %s (again with -Daffidavit.seed=%d)%n", framework, kills, outcome, seed);

        outcome.requireAll();
        assertThat(outcome.unacknowledged()).isLessThanOrEqualTo(kills * KillRun.THREADS);
    }
}
