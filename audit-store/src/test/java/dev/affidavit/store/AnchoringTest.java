package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.SignedNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnchoringTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final long START = Long.MAX_VALUE - 5; // nanoseconds may run over
    private static final long LINES_BEFORE = 40;

    private final List<String> recorded = new ArrayList<>();
    private boolean refused;
    private final Anchoring anchoring = new Anchoring(
            new Telling(new LogListener() {
                @Override
                public void anchor(String checkpoint) {
                    if (refused) {
                        throw new StoreException("not recorded");
                    }
                    recorded.add(checkpoint);
                }
            }),
            LINES_BEFORE,
            START);

    private static SignedNote checkpoint(String text) {
        return new SignedNote(text + "\n", List.of());
    }

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    private void look(Duration after) {
        anchoring.becomeDue(after(after), INTERVAL);
        anchoring.record(after(after));
    }

    @Test
    void shouldRecordTheLastOfASegmentAtOnce() {
        anchoring.segmentSealed(checkpoint("of a segment"), LINES_BEFORE + 1);

        look(Duration.ZERO);
        look(INTERVAL.multipliedBy(3));

        assertThat(recorded).containsExactly(checkpoint("of a segment").toString());
    }

    @Test
    void shouldRecordTheNewestWhenItIsTime() {
        anchoring.sealed(checkpoint("older"), LINES_BEFORE + 2);
        anchoring.sealed(checkpoint("newer"), LINES_BEFORE + 3);

        look(INTERVAL.minusNanos(1));
        assertThat(recorded).isEmpty();
        assertThat(anchoring.nanosToNext(after(INTERVAL.minusNanos(1)), INTERVAL))
                .isEqualTo(1);
        look(INTERVAL);

        assertThat(recorded).containsExactly(checkpoint("newer").toString());
        assertThat(anchoring.isSilentFor(Duration.ofNanos(1), after(INTERVAL))).isFalse();
    }

    @Test
    void shouldStillHaveNewsIfMoreIsSealedBeforeTheLastOfASegmentIsRecorded() {
        anchoring.segmentSealed(checkpoint("of a segment"), LINES_BEFORE + 2);
        anchoring.sealed(checkpoint("of the next"), LINES_BEFORE + 9);

        look(Duration.ZERO);
        look(INTERVAL);

        assertThat(recorded)
                .containsExactly(
                        checkpoint("of a segment").toString(),
                        checkpoint("of the next").toString());
    }

    @Test
    void shouldTakeTheLineAboutTheLastForNoNews() {
        anchoring.sealed(checkpoint("first"), LINES_BEFORE + 2);
        look(INTERVAL);
        anchoring.sealed(checkpoint("over the line about it"), LINES_BEFORE + 3);

        look(INTERVAL.multipliedBy(9));

        assertThat(recorded).hasSize(1);
        assertThat(anchoring.nanosToNext(after(INTERVAL.multipliedBy(9)), INTERVAL))
                .isEqualTo(Anchoring.NEVER);
    }

    /** Or the thread would do nothing else, on a disk that is full. */
    @Test
    void shouldTryAgainWhatCannotBeRecordedWithTheNextWorkAlone() {
        anchoring.sealed(checkpoint("refused"), LINES_BEFORE + 2);
        refused = true;
        look(INTERVAL);

        assertThat(anchoring.nanosToNext(after(INTERVAL.multipliedBy(2)), INTERVAL))
                .isEqualTo(Anchoring.NEVER);

        refused = false;
        look(INTERVAL.multipliedBy(2));
        assertThat(recorded).containsExactly(checkpoint("refused").toString());
    }
}
