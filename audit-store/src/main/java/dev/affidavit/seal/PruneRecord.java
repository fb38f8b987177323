package dev.affidavit.seal;

import java.time.Instant;

/**
 * Retention lets a segment go.
 *
 * @param epoch in which it is signed
 * @param segment its file name
 * @param first how many lines of the log are before it
 * @param end the same of what follows it
 * @param root head of the tree over the first {@code end} lines
 * @param reason the limit that it is beyond
 * @param time of the host's clock, to microseconds
 */
public record PruneRecord(
        String origin, long epoch, String segment, long first, long end, TreeHash root, String reason, Instant time)
        implements Statement {
    static final String KIND = "affidavit-prune 1";

    static PruneRecord parse(Fields fields) throws MalformedSealException {
        PruneRecord parsed = new PruneRecord(
                fields.take("origin"),
                fields.number("epoch"),
                fields.take("segment"),
                fields.number("first"),
                fields.number("end"),
                fields.hash("root"),
                fields.take("reason"),
                fields.time("time"));
        fields.requireEnd();
        if (parsed.end < parsed.first) {
            throw new MalformedSealException(
                    "%s: its end, %d, is before its first line, %d".formatted(KIND, parsed.end, parsed.first));
        }
        return parsed;
    }

    @Override
    public String text() {
        return KIND + "\norigin " + origin + "\nepoch " + epoch + "\nsegment " + segment + "\nfirst " + first + "\nend "
                + end + "\nroot " + root + "\nreason " + reason + "\ntime " + Fields.written(time) + "\n";
    }
}
