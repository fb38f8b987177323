package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that does not answer when a log is opened or closed; that callers do not wait for it is shown in GroupCommitTest. */
final class HungDiskTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestLog log;

    @BeforeEach
    void makeLog() {
        log = new TestLog(directory);
        try (LogWriter writer = log.open()) {
            writer.append(TextLine.of("before"), Durability.SYNCED);
        }
    }

    /** Nobody but a test is so impatient. */
    private LogWriter openSoon() {
        LogOptions options = log.options().build();
        return Opening.within(Duration.ofMillis(50), options, () -> log.open(options));
    }

    @Timeout(300)
    @Test
    void shouldNotBeWaitedForWithoutEndWhenALogIsOpened() throws Exception {
        log.disk.holdForces();

        boolean kept = Threads.get(Threads.start("interrupted", () -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(this::openSoon)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("%s: the device did not answer within PT0.05S. The log can be opened again when it has"
                            .formatted(directory));
            return Thread.interrupted();
        }));

        assertThat(kept).as("the interrupt is kept").isTrue();
        log.disk.awaitHeldForce();
        assertThatThrownBy(() -> log.open()).isInstanceOf(DirectoryInUseException.class);

        log.disk.releaseForces();
        try (LogWriter writer =
                log.open(log.options().lockTimeout(Duration.ofMinutes(2)).build())) {
            writer.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(LogFiles.lines(directory)).isEqualTo(List.of("before", "after"));
        assertThat(log.disk.openFiles()).isZero();
    }

    @Tag("campaign")
    @Timeout(600)
    @Test
    void shouldNotBeWaitedForWithoutEndWhenALogIsClosed() throws Exception {
        LogWriter writer = log.open();
        writer.append(TextLine.of("written"), Durability.WRITTEN);
        log.disk.holdForces();
        long begin = System.nanoTime();

        assertThatThrownBy(writer::close)
                .isInstanceOf(NotForcedException.class)
                .hasMessageContaining("did not answer a force within PT30S; the last 1 lines are written");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
        assertThatThrownBy(() -> writer.append(TextLine.of("late"), Durability.WRITTEN))
                .isInstanceOf(LogClosedException.class);
        log.disk.releaseForces();
        assertThat(LogFiles.lines(directory)).isEqualTo(List.of("before", "written"));
    }
}
