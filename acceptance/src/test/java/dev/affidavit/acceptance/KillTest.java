package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
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
        killAndCheck(framework, framework == Framework.LOG4J2 ? 2 : 1, false);
    }

    /** Nothing of an event is in any file of the log, whenever its writer was killed. */
    @Timeout(600)
    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingToReadBehindKills(Framework framework) throws IOException {
        requireUnreadable(killAndCheck(framework, 1, true));
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingToReadBehindManyKills(Framework framework) throws IOException {
        requireUnreadable(killAndCheck(framework, Integer.getInteger("affidavit.kills", 50), true));
    }

    @Tag("campaign")
    @Timeout(1200)
    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingToManyKills(Framework framework) throws IOException {
        killAndCheck(framework, Integer.getInteger("affidavit.kills", 50), false);
    }

    private Outcome killAndCheck(Framework framework, int kills, boolean encrypted) throws IOException {
        long seed = Long.getLong("affidavit.seed", new Random().nextLong());
        Outcome outcome = new KillRun(framework, directory, new Random(seed), encrypted).kill(kills);
        System.out.printf("%s: %d kills; %s (again with -Daffidavit.seed=%d)%n", framework, kills, outcome, seed);

        outcome.requireAll();
        assertThat(outcome.unacknowledged()).isLessThanOrEqualTo(kills * KillRun.THREADS);
        return outcome;
    }

    /** What stands in the plain line of each event, and in no key, name or seal. */
    private void requireUnreadable(Outcome outcome) throws IOException {
        assertThat(outcome.acknowledged()).isPositive();
        try (Stream<Path> files = Files.walk(directory.resolve("log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains("event_type") || content.contains("session_id"))
                        .as("%s holds an event", file)
                        .isFalse();
                assertThat(content.contains(EncryptedLog.KEY))
                        .as("%s holds the key", file)
                        .isFalse();
            }
        }
    }
}
