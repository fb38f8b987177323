package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LineSetTest {
    private final LineSet lines = new LineSet();

    private List<Finding.Lines> gaps() {
        List<Finding.Lines> gaps = new ArrayList<>();
        lines.forEachGap(gaps::add);
        return gaps;
    }

    @Test
    void shouldHaveNoGapsWhereThereIsNothing() {
        assertThat(gaps()).isEmpty();
        assertThat(lines.first()).isZero();
        assertThat(lines.end()).isZero();
    }

    @Test
    void shouldTellGapsBetweenItsLinesAlone() {
        LongStream.of(7, 3, 4, 9, 9).forEach(lines::add);

        assertThat(gaps()).containsExactly(new Finding.Lines(5, 7), new Finding.Lines(8, 9));
        assertThat(lines.first()).isEqualTo(3);
        assertThat(lines.end()).isEqualTo(10);
    }

    /** Pieces have 65,536 lines; there are more lines than an int can count. */
    @Test
    void shouldTellAGapAcrossPiecesOnce() {
        long far = 5_000_000_000L;
        lines.add(65_535);
        lines.add(65_536);
        lines.add(200_000);
        lines.add(far);

        assertThat(gaps()).containsExactly(new Finding.Lines(65_537, 200_000), new Finding.Lines(200_001, far));
        assertThat(lines.end()).isEqualTo(far + 1);
    }
}
