package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A clock that jumps an hour back, a year ahead and back again: while the log is written, while it is closed, and while it is
 * recovered; with rotation by the hour and retention by age.
 */
@Timeout(600)
final class ClockFaultTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    /** How far the clock is ahead. */
    private Duration ahead = Duration.ZERO;
    /** Whether the clock was a year ahead when the log was closed: if it still is, the log has no reason to doubt it. */
    private boolean aheadWhenClosed;

    private int jumps;
    private int torn;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldLoseNoLineToAClockThatJumps(long seed) throws Exception {
        run(new Random(seed), 15);
    }

    @Tag("campaign")
    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void shouldLoseNoLineToAClockThatJumpsManyTimes(long seed) throws Exception {
        run(new Random(seed), 200);
    }

    private void run(Random random, int starts) throws IOException {
        TestLog log = new TestLog(directory);
        // A day: less than the clock is wrong by, and more than time really passes in a test.
        LogOptions options = log.options()
                .rotationInterval(HOUR)
                .maxAge(Duration.ofDays(1))
                .maxSegments(100_000)
                .build();
        for (int start = 0; start < starts; start++) {
            boolean isTorn = !lines.isEmpty() && random.nextBoolean();
            if (isTorn) {
                tear();
            }
            try (LogWriter writer = log.open(options)) {
                assertThat(writer.recovery().isPresent()).isEqualTo(isTorn);
                for (int i = 0; i < 10; i++) {
                    if (lines.size() == 1) { // a new log believes the clock that it sees first
                        Threads.await("housekeeping has looked, and begun to look again", () -> {
                            writer.reconfigure(options);
                            return log.clock.looks() > 1;
                        });
                    }
                    if (!lines.isEmpty()) {
                        jump(random, log);
                    }
                    String line = "line " + lines.size();
                    writer.append(TextLine.of(line), Durability.WRITTEN);
                    lines.add(line);
                }
            }
            stamp(log);
            aheadWhenClosed = ahead.equals(YEAR);
            if (aheadWhenClosed) {
                log.clock.set(log.clock.instant().minus(ahead));
                ahead = Duration.ZERO;
            }
            jump(random, log);
        }

        assertThat(log.listener.removals).isEmpty();
        assertThat(LogFiles.lines(directory)).as("in the order of the names").isEqualTo(lines);
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                    .isEqualTo(lines);
        }
        assertThat(log.listener.tamperings).isEmpty();
        assertThat(LogFiles.names(directory)).as("no file for each line").hasSizeLessThan(jumps + starts + 2);
        System.out.printf("%d jumps of the clock over %d starts, %d of them torn%n", jumps, starts, torn);
    }

    private void tear() throws IOException {
        torn++;
        Path last = LogFiles.last(directory);
        FileTime written = Files.getLastModifiedTime(last);
        Files.write(last, "unfinished".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        Files.setLastModifiedTime(last, written);
    }

    /** The file was written by the log's clock, not by that of this machine. */
    private void stamp(TestLog log) throws IOException {
        Files.setLastModifiedTime(LogFiles.last(directory), FileTime.from(log.clock.instant()));
    }

    private void jump(Random random, TestLog log) {
        Duration next = switch (random.nextInt(8)) {
            case 0 -> HOUR.negated();
            case 1 -> aheadWhenClosed ? ahead : YEAR;
            case 2 -> Duration.ZERO;
            default -> ahead;
        };
        jumps += next.equals(ahead) ? 0 : 1;
        log.clock.set(log.clock.instant().minus(ahead).plus(next));
        ahead = next;
        log.clock.pass(Duration.ofSeconds(1));
    }
}
