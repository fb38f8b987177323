package dev.affidavit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementTest {
    private static final String ORIGIN = "example.com/audit/6d1f";
    private static final VerifierKey KEY =
            SigningKey.generate(ORIGIN + "/epoch-3", new SecureRandom()).verifierKey();
    private static final TreeHash HASH = TreeHash.leaf(new byte[] {1});
    private static final Instant TIME = Instant.parse("2026-11-21T17:02:31.000120Z");

    static List<Statement> statements() {
        TreeRange range = new TreeRange(5, List.of(HASH, TreeHash.EMPTY));
        return List.of(
                new Checkpoint(ORIGIN, 0, TreeHash.EMPTY),
                new Checkpoint(ORIGIN, Long.MAX_VALUE, HASH),
                new SegmentStart(ORIGIN, "a.log", TreeRange.EMPTY, 1, KEY, TIME, null),
                new SegmentStart(ORIGIN, "a.log", range, 3, KEY, TIME, "its last line was changed"),
                new Succession(ORIGIN, 2, KEY, 5, HASH, Succession.Reason.TIME, null, TIME),
                new Succession(ORIGIN, 2, KEY, 5, HASH, Succession.Reason.START, null, TIME),
                new Succession(ORIGIN, 2, KEY, 5, HASH, Succession.Reason.ROTATION, "b.log", TIME),
                new PruneRecord(ORIGIN, 2, "a.log", 0, 5, HASH, "maxFiles", TIME));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void shouldReadWhatItWrites(Statement statement) throws Exception {
        assertThat(Statement.parse(statement.text())).isEqualTo(statement);
        assertThat(statement.text()).endsWith("\n").doesNotContain("\n\n");
    }

    /** Whatever is read is written as it was: so there is one text for each statement. */
    @ParameterizedTest
    @MethodSource("statements")
    void shouldReadNothingThatItWouldWriteOtherwise(Statement statement) {
        String text = statement.text();
        for (int at = 0; at <= text.length(); at++) {
            for (String put : List.of(" ", "\n", "0", "+", "-", "=", "\u00a0", "Z", "A")) {
                requireSame(text.substring(0, at) + put + text.substring(at));
                if (at < text.length()) {
                    requireSame(text.substring(0, at) + put + text.substring(at + 1));
                }
            }
            requireSame(text.substring(0, at));
            requireSame(text.substring(at));
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    void shouldReadNothingWithLinesGoneRepeatedOrSwapped(Statement statement) {
        List<String> lines = statement.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            for (int j = 0; j < lines.size(); j++) {
                List<String> moved = new ArrayList<>(lines);
                String line = moved.remove(i);
                requireSame(String.join("\n", moved) + "\n");
                moved.add(j, line);
                requireSame(String.join("\n", moved) + "\n");
                List<String> repeated = new ArrayList<>(lines);
                repeated.add(j, line);
                requireSame(String.join("\n", repeated) + "\n");
            }
        }
    }

    private static void requireSame(String text) {
        String written;
        try {
            written = Statement.parse(text).text();
        } catch (MalformedSealException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return;
        }
        assertThat(written).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "-1", "01", "1.0", "0x1", " 1", "1 ", "", "9223372036854775808", "\u0661"})
    void shouldRefuseEveryOtherWayToWriteANumber(String number) {
        assertThatThrownBy(() -> Statement.parse(ORIGIN + "\n" + number + "\n" + HASH + "\n"))
                .isInstanceOf(MalformedSealException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T17:02:31Z",
                "2026-11-21T17:02:31.000Z",
                "2026-11-21T17:02:31.000000000Z",
                "2026-11-21T17:02:31.000000+00:00",
                "2026-11-21t17:02:31.000000z",
                "2026-11-21T24:00:00.000000Z",
                "2026-11-21 17:02:31.000000Z"
            })
    void shouldRefuseEveryOtherWayToWriteATime(String time) {
        String text = new PruneRecord(ORIGIN, 2, "a.log", 0, 5, HASH, "maxFiles", TIME).text();

        assertThatThrownBy(() -> Statement.parse(text.replace("2026-11-21T17:02:31.000120Z", time)))
                .isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertRefused(new PruneRecord(ORIGIN, 2, "a.log", 5, 4, HASH, "maxFiles", TIME).text());
        String rotation = statements().get(6).text();
        assertRefused(rotation.replace("next-epoch 3", "next-epoch 4"));
        assertRefused(rotation.replace("rotation", "time"));
        assertRefused(rotation.replace("next-segment b.log\n", ""));
        assertRefused(rotation.replace("epoch 2", "epoch " + Long.MAX_VALUE));
        String start = statements().get(3).text();
        assertRefused(start.replace("first 5", "first 4"));
        assertRefused(start.replace("first 5", "first 7"));
        assertRefused(start.replace("affidavit-segment 1", "affidavit-segment 2"));
        assertRefused(start.replace("hash " + HASH, "hash " + HASH.toString().substring(4)));
        assertThatThrownBy(() -> new TreeRange(3, List.of(HASH))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TreeRange(-1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TreeHash.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Statement.parse(text)).as(text).isInstanceOf(MalformedSealException.class);
    }
}
