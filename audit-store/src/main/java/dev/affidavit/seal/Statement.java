package dev.affidavit.seal;

import java.util.List;

/** What a seal says, once: the text that is signed. */
public sealed interface Statement permits Checkpoint, SegmentStart, Succession, PruneRecord {
    /** The name of the log: the configured prefix, a slash and the log id. */
    String origin();

    /** The text to be signed: lines, each with its {@code \n}. */
    String text();

    /** From {@link #text}, to the letter. */
    static Statement parse(String text) throws MalformedSealException {
        Text.requireLines(text);
        if (!text.endsWith("\n")) {
            throw new MalformedSealException("expected lines, found no end of the last one");
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        return switch (lines.get(0)) {
            case SegmentStart.KIND -> SegmentStart.parse(Fields.of(lines));
            case Succession.KIND -> Succession.parse(Fields.of(lines));
            case PruneRecord.KIND -> PruneRecord.parse(Fields.of(lines));
            default -> Checkpoint.parse(lines);
        };
    }

    /** The name of the key of an epoch. */
    static String epochKeyName(String origin, long epoch) {
        return origin + "/epoch-" + epoch;
    }
}
