package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoisonedTest {
    /** As docs/format.md shows it. */
    private static final String TEXT = """
            affidavit-poisoned 1
            segment security_audit_2026-11-21_17-02-31.log
            good 18300
            copy security_audit_2026-11-21_18-40-07.log
            at 0
            check 9bf1ea323aeea06d9866085819b2224583bbae258db9f9e1382bfb4ff9a17025
            """;

    private static final Poisoned NOTE = new Poisoned(
            SegmentName.first(Instant.parse("2026-11-21T17:02:31Z")),
            18300,
            SegmentName.first(Instant.parse("2026-11-21T18:40:07Z")),
            0);

    @Test
    void shouldBeTheDocumentedText() {
        assertThat(new String(NOTE.bytes(), StandardCharsets.US_ASCII)).isEqualTo(TEXT);
        assertThat(Poisoned.parse(TEXT)).isEqualTo(NOTE);
    }

    @ParameterizedTest
    @CsvSource({
        "affidavit-poisoned 1, affidavit-poisoned 2, in its first line",
        "good 18300, good 18301, its check does not match",
        "at 0, at 00, its check does not match",
        "check 9b, check 9c, its check does not match"
    })
    void shouldRefuseAnotherText(String part, String other, String says) {
        assertThatThrownBy(() -> Poisoned.parse(TEXT.replace(part, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 0, 0", "0, 1, -1", "+1, 1, 0", "0, 1, 00"})
    void shouldRefuseWhatNoRefusalLeaves(String good, int copySecond, String at) {
        String text = new String(
                CheckedText.bytes(
                        "affidavit-poisoned 1",
                        "segment security_audit_2026-11-21_17-02-00.log",
                        "good " + good,
                        "copy security_audit_2026-11-21_17-02-0%d.log".formatted(copySecond),
                        "at " + at),
                StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Poisoned.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseANameThatIsNoSegments() {
        String text = new String(
                CheckedText.bytes(
                        "affidavit-poisoned 1",
                        "segment security_audit_2026-11-21_17-02-00.log",
                        "good 1",
                        "copy ../security_audit_2026-11-21_17-02-01.log",
                        "at 0"),
                StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> Poisoned.parse(text)).hasMessageContaining("expected the name of a segment");
    }
}
