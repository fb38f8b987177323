package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.affidavit.store.Removal.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments are to go: each holds 1,000 bytes, and its last line is a day younger than that of the one before. */
final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LONG = Duration.ofDays(1_000);

    @TempDir
    Path directory;

    private LogDirectory log;
    private LogOptions.Builder options;

    @BeforeEach
    void prepare() throws IOException {
        log = LogDirectory.prepare(directory);
        assertThat(log.readOrCreateId(new RealDisk(), new SecureRandom())).hasSize(32); // each cursor names its log
        options = LogOptions.in(directory)
                .maxSegmentBytes(1_000)
                .maxSegments(1_000_000)
                .maxAge(LONG);
    }

    private static RotatedSegment ofDaysAgo(int days) {
        Instant begun = NOW.minus(Duration.ofDays(days));
        return new RotatedSegment(SegmentName.first(begun), 1_000, begun);
    }

    /** The segments of that many days, oldest first. */
    private static RotatedSegments days(int count) {
        List<RotatedSegment> segments = new ArrayList<>();
        for (int days = count; days > 0; days--) {
            segments.add(ofDaysAgo(days));
        }
        return new RotatedSegments(segments);
    }

    private Retention.Plan plan(RotatedSegments segments) {
        return plan(segments, false);
    }

    private Retention.Plan plan(RotatedSegments segments, boolean held) {
        RetentionLimits limits = options.build().retention();
        return new Retention(
                        limits,
                        Pins.read(log, limits.pinnedBy(), () -> ofDaysAgo(0).name()),
                        held,
                        NOW)
                .plan(segments, 1_000);
    }

    private static Removal removal(int days, Limit limit, String... undeliveredTo) {
        return new Removal(ofDaysAgo(days).name().fileName(), 1_000, limit, List.of(undeliveredTo));
    }

    private void setCursor(String name, int daysAgo) {
        Cursors.of(directory).write(name, new Position(ofDaysAgo(daysAgo).name().fileName(), 0, 0, null));
    }

    @Test
    void shouldRemoveNothingWithinTheLimits() {
        options.maxSegments(11).maxAge(Duration.ofDays(10)).maxBytes(11_000);

        Retention.Plan plan = plan(days(10));

        assertThat(plan.removals()).isEmpty();
        assertThat(plan.hindrance()).isNull();
    }

    @Test
    void shouldRemoveWhatIsTooMany() {
        options.maxSegments(9);

        assertThat(plan(days(10)).removals())
                .containsExactly(removal(10, Limit.MAX_SEGMENTS), removal(9, Limit.MAX_SEGMENTS));
    }

    @Test
    void shouldRemoveWhatIsTooOld() {
        options.maxAge(Duration.ofDays(8));

        assertThat(plan(days(10)).removals()).containsExactly(removal(10, Limit.MAX_AGE), removal(9, Limit.MAX_AGE));
    }

    @Test
    void shouldRemoveWhatIsTooLargeWithAFullSegmentToCome() {
        options.maxBytes(8_999);

        assertThat(plan(days(10)).removals())
                .containsExactly(
                        removal(10, Limit.MAX_BYTES), removal(9, Limit.MAX_BYTES), removal(8, Limit.MAX_BYTES));
    }

    @Test
    void shouldNameTheFirstLimitThatEachIsBeyond() {
        options.maxSegments(10).maxAge(Duration.ofDays(8)).maxBytes(8_000);

        assertThat(plan(days(10)).removals())
                .extracting(Removal::exceeded)
                .containsExactly(Limit.MAX_SEGMENTS, Limit.MAX_AGE, Limit.MAX_BYTES);
    }

    @Test
    void shouldRemoveFromTheFrontOnly() {
        options.maxAge(Duration.ofDays(5));
        RotatedSegments segments = new RotatedSegments(
                List.of(new RotatedSegment(ofDaysAgo(10).name(), 1_000, NOW), ofDaysAgo(9), ofDaysAgo(8)));

        assertThat(plan(segments).removals()).isEmpty();
    }

    @Test
    void shouldRemoveAtMostAHundredAtOnce() {
        options.maxSegments(2);

        assertThat(plan(days(150)).removals()).hasSize(100);
    }

    @Test
    void shouldRemoveNothingUnderLegalHold() {
        options.maxSegments(2);

        Retention.Plan plan = plan(days(10), true);

        assertThat(plan.removals()).isEmpty();
        assertThat(plan.hindrance()).hasToString("Hindrance[reason=under legal hold]");
        assertThat(plan(days(1), true).hindrance()).isNull();
    }

    @Test
    void shouldRemoveNothingThatIsTooYoung() {
        options.maxSegments(2).minAge(Duration.ofDays(8));

        Retention.Plan plan = plan(days(10));

        assertThat(plan.removals())
                .containsExactly(
                        removal(10, Limit.MAX_SEGMENTS),
                        removal(9, Limit.MAX_SEGMENTS),
                        removal(8, Limit.MAX_SEGMENTS));
        assertThat(plan.hindrance()).hasToString("Hindrance[reason=younger than it must become]");
    }

    @Test
    void shouldKeepWhatIsNotDelivered() {
        options.maxSegments(2).pinnedBy(Set.of("soc", "es"));
        setCursor("soc", 8);
        setCursor("es", 2);

        Retention.Plan plan = plan(days(10));

        assertThat(plan.removals()).containsExactly(removal(10, Limit.MAX_SEGMENTS), removal(9, Limit.MAX_SEGMENTS));
        assertThat(plan.hindrance()).hasToString("Hindrance[reason=not delivered by soc]");
    }

    @Test
    void shouldKeepEverythingForACursorThatIsAheadOfTheLog() {
        options.maxSegments(2).pinnedBy(Set.of("soc"));
        setCursor("soc", 0);
        assertThat(plan(days(10)).removals()).hasSize(9);
        setCursor("soc", -1);

        Retention.Plan plan = plan(days(10));

        assertThat(plan.removals()).isEmpty();
        assertThat(plan.hindrance()).hasToString("Hindrance[reason=not delivered by soc]");
    }

    @Test
    void shouldDropWhatIsNotDeliveredAndNameWhoDidNot() {
        options.maxSegments(7).pinnedBy(Set.of("soc", "es", "new")).unshipped(Unshipped.DROP);
        setCursor("soc", 10);
        setCursor("es", 9);

        assertThat(plan(days(10)).removals())
                .containsExactly(
                        removal(10, Limit.MAX_SEGMENTS, "new", "soc"),
                        removal(9, Limit.MAX_SEGMENTS, "es", "new", "soc"),
                        removal(8, Limit.MAX_SEGMENTS, "es", "new", "soc"),
                        removal(7, Limit.MAX_SEGMENTS, "es", "new", "soc"));
    }

    @Test
    void shouldNotBePinnedByACursorThatNobodyNames() {
        options.maxSegments(9).pinnedBy(Set.of("soc"));
        setCursor("soc", 1);
        setCursor("forgotten", 10);

        assertThat(plan(days(10)).removals()).hasSize(2);
    }

    @Test
    void shouldDoubtAModificationTimeBeforeTheSegmentWasBegun() {
        options.maxAge(Duration.ofDays(8));
        RotatedSegment copied = new RotatedSegment(ofDaysAgo(7).name(), 1_000, Instant.EPOCH);

        assertThat(plan(new RotatedSegments(List.of(copied))).removals()).isEmpty();
    }

    @Test
    void shouldRemoveWhatIsTooManyThoughTheClockHasSteppedBack() {
        options.maxSegments(2);
        RotatedSegments segments = new RotatedSegments(List.of(ofDaysAgo(-2), ofDaysAgo(-1)));

        assertThat(plan(segments).removals()).hasSize(1);
        options.minAge(Duration.ofDays(1));
        assertThat(plan(segments).removals()).isEmpty();
    }

    @Test
    void shouldDoubtANameOfTheFuture() {
        options.maxAge(Duration.ofDays(8));
        RotatedSegment misnamed =
                new RotatedSegment(SegmentName.first(NOW.plus(LONG)), 1_000, NOW.minus(Duration.ofDays(9)));

        assertThat(plan(new RotatedSegments(List.of(misnamed))).removals()).hasSize(1);
    }

    @Test
    void shouldRefuseLimitsThatContradictThemselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxAge(Duration.ofDays(2))
                        .minAge(Duration.ofDays(3))
                        .build())
                .withMessage("minAge: expected zero to maxAge, PT48H, found PT72H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogOptions.in(directory)
                        .maxSegmentBytes(1_000)
                        .maxBytes(1_999)
                        .build())
                .withMessage("maxBytes: expected at least twice maxSegmentBytes, 1000, found 1999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogOptions.in(directory).maxSegments(1).build())
                .withMessageStartingWith("maxSegments: expected at least 2");
    }
}
