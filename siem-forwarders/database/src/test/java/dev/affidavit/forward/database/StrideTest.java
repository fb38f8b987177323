package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StrideTest {
    private static final Duration LIMIT = Duration.ofSeconds(32);
    private static final List<ForwardedLine> LINES = Collections.nCopies(1000, new ForwardedLine(new byte[1000]));

    private final Stride stride = new Stride(LIMIT);

    @Test
    void shouldBeginWithLittle() {
        assertThat(stride.of(LINES)).hasSize(64 * 1024 / LINES.get(0).json().length);
    }

    @Test
    void shouldTakeOneLineAtLeast() {
        assertThat(stride.of(List.of(new ForwardedLine(new byte[1024 * 1024])))).hasSize(1);
    }

    /** However many answers come quickly. */
    @Test
    void shouldTakeWholeBatchesOnceAnswersAreQuick() {
        for (int i = 0; i < 10; i++) {
            stride.took(1);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(stride.of(LINES)).isEqualTo(LINES);
            stride.took(1);
        }
    }

    @Test
    void shouldTakeLessOnceAnswersAreSlow() {
        for (int i = 0; i < 100; i++) {
            stride.took(1);
        }
        for (int i = 0; i < 100; i++) {
            stride.took(LIMIT.toNanos());
        }

        assertThat(stride.of(LINES)).hasSize(64 * 1024 / LINES.get(0).json().length);
    }

    @Test
    void shouldStayAsItIsBetween() {
        stride.took(LIMIT.toNanos() / 4);

        assertThat(stride.of(LINES)).hasSize(64 * 1024 / LINES.get(0).json().length);
    }
}
