package dev.affidavit.seal;

import java.util.List;

/**
 * A checkpoint of C2SP tlog-checkpoint, without extension lines: the first {@code size} lines of the log are these, and were on
 * the device.
 *
 * @param root head of the tree over them
 */
public record Checkpoint(String origin, long size, TreeHash root) implements Statement {
    private static final int LINES = 3;

    static Checkpoint parse(List<String> lines) throws MalformedSealException {
        if (lines.size() != LINES) {
            throw new MalformedSealException(
                    "expected a checkpoint of 3 lines or another statement, found %d lines that begin with '%s'"
                            .formatted(lines.size(), Text.shown(lines.get(0))));
        }
        if (!Text.isName(lines.get(0))) {
            throw new MalformedSealException(
                    "expected the origin of a log, found '%s'".formatted(Text.shown(lines.get(0))));
        }
        return new Checkpoint(lines.get(0), Text.number(lines.get(1)), TreeHash.parse(lines.get(2)));
    }

    @Override
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
