package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReckoningTest {
    private static final String A = "{\"event_type\":\"A\"}";
    private static final String B = "{\"event_type\":\"B\"}";
    private static final Counts COUNTED_TWO = new Counts(2, 2, 2);
    private static final String EARLIER = "{\"event_type\":\"C\"}";

    @Test
    void shouldAgreeWhenAllCameOnceOrAgainAfterAnEarlierRun() {
        Reckoning reckoning = Reckoning.of(9, List.of(A, B), COUNTED_TWO, List.of(EARLIER, A, A, B));

        assertThat(reckoning.agrees()).isTrue();
        assertThat(reckoning.repeated()).isEqualTo(1);
        assertThat(reckoning.others()).isEqualTo(1);
        assertThat(reckoning.types())
                .containsEntry("A", 1)
                .containsEntry("B", 1)
                .hasSize(2);
    }

    @Test
    void shouldNotAgreeWhenOneIsMissing() {
        assertThat(Reckoning.of(9, List.of(A, B), COUNTED_TWO, List.of(A)).agrees())
                .isFalse();
    }

    @Test
    void shouldNotAgreeWhenOneWasChangedOnTheWay() {
        assertThat(Reckoning.of(9, List.of(A, B), COUNTED_TWO, List.of(A, B + " "))
                        .agrees())
                .isFalse();
    }

    @Test
    void shouldNotAgreeWhenTheOrderIsAnother() {
        assertThat(Reckoning.of(9, List.of(A, B), COUNTED_TWO, List.of(B, A)).agrees())
                .isFalse();
    }

    @Test
    void shouldNotAgreeWhenTheStatisticsCountOtherwise() {
        assertThat(Reckoning.of(9, List.of(A, B), new Counts(3, 2, 2), List.of(A, B))
                        .agrees())
                .isFalse();
        assertThat(Reckoning.of(9, List.of(A, B), new Counts(2, 3, 2), List.of(A, B))
                        .agrees())
                .isFalse();
        assertThat(Reckoning.of(9, List.of(A, B), new Counts(2, 2, 3), List.of(A, B))
                        .agrees())
                .isFalse();
    }
}
