package dev.affidavit.store;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A segment of which the device refused a force: its first {@code good} bytes are on the device, and what was written
 * behind them stands in another segment.
 *
 * @param copy the segment that holds what was behind {@code good}
 * @param at where in the copy that begins
 */
record Poisoned(SegmentName segment, long good, SegmentName copy, long at) {
    private static final String KIND = "affidavit-poisoned 1";

    Poisoned {
        if (good < 0 || at < 0 || copy.compareTo(segment) <= 0) {
            throw new IllegalArgumentException(
                    "expected offsets and a later segment, found %d, %d, %s".formatted(good, at, copy.fileName()));
        }
    }

    /** Where in the copy a place behind the good part is. */
    long inCopy(long offset) {
        return at + Math.max(0, offset - good);
    }

    byte[] bytes() {
        return CheckedText.bytes(
                KIND, "segment " + segment.fileName(), "good " + good, "copy " + copy.fileName(), "at " + at);
    }

    /** @throws IllegalArgumentException if the text is not what {@link #bytes} gives; says why */
    static Poisoned parse(String text) {
        List<String> values = CheckedText.values(text, KIND, "segment", "good", "copy", "at");
        Poisoned note = new Poisoned(
                name(values.get(0)), Long.parseLong(values.get(1)), name(values.get(2)), Long.parseLong(values.get(3)));
        if (!text.equals(new String(note.bytes(), StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("it is not written as this product writes it");
        }
        return note;
    }

    private static SegmentName name(String text) {
        return SegmentName.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("expected the name of a segment, found '" + text + "'"));
    }
}
