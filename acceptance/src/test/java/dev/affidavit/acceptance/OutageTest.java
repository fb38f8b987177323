package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RequiresProgram("rsyslogd")
final class OutageTest {
    /** A hundredth of what the long backlog takes on disk, in a heap of 64 MB. */
    private static final long FLAT = 20L * 1024 * 1024;

    /** In an hour: as if each wait were the longest; and some more than as if each were half of it. */
    private static final long FEWEST_ATTEMPTS = 120;

    private static final long MOST_ATTEMPTS = 400;

    @TempDir
    Path directory;

    @Test
    @Timeout(600)
    void shouldLoseNothingWhenRsyslogIsAwayForAnHour() throws IOException {
        goThrough(20_000, "1MB");
    }

    @Test
    @Tag("campaign")
    @Timeout(2400)
    void shouldKeepTheHeapFlatOverABacklogOfFiveMillionEvents() throws IOException {
        goThrough(5_000_000, "50MB");
    }

    private void goThrough(int backlog, String maxFileSize) throws IOException {
        OutageRun.Outcome outcome = new OutageRun(Framework.LOGBACK, directory).run(backlog, maxFileSize);
        System.out.println(outcome);

        assertThat(outcome.events()).isEqualTo(OutageApplication.BEFORE + backlog);
        assertThat(outcome.numbersUpTo()).isEqualTo(OutageApplication.BEFORE + backlog);
        assertThat(outcome.twiceInLog()).isEmpty();
        assertThat(outcome.received().timesGoneBack()).isLessThanOrEqualTo(1);
        assertThat(outcome.states()).hasSize(2);
        assertThat(outcome.states().get(0)).contains("RETRYING");
        assertThat(outcome.states().get(1)).contains("DELIVERING");
        assertThat(outcome.figure("lagSeconds")).isBetween(3500L, 7200L);
        assertThat(outcome.figure("failures")).isBetween(FEWEST_ATTEMPTS, MOST_ATTEMPTS);
        assertThat(outcome.heap().getMax()).isLessThan(FLAT);
    }
}
