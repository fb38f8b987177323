package dev.affidavit.seal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins the seal file of a segment.
 *
 * @param segment file name of the segment
 * @param before the range of all lines before it
 * @param epoch in which it is signed
 * @param key of that epoch
 * @param time of the host's clock, to microseconds
 * @param broken why the segment does not follow the one before; null if it does
 */
public record SegmentStart(
        String origin,
        String segment,
        TreeRange before,
        long epoch,
        VerifierKey key,
        Instant time,
        @Nullable String broken)
        implements Statement {
    static final String KIND = "affidavit-segment 1";

    static SegmentStart parse(Fields fields) throws MalformedSealException {
        String origin = fields.take("origin");
        String segment = fields.take("segment");
        long first = fields.number("first");
        List<TreeHash> hashes = fields.hashes("hash");
        if (hashes.size() != Long.bitCount(first)) {
            throw new MalformedSealException("%s: expected %d hashes, as %d lines have, found %d"
                    .formatted(KIND, Long.bitCount(first), first, hashes.size()));
        }
        SegmentStart parsed = new SegmentStart(
                origin,
                segment,
                new TreeRange(first, hashes),
                fields.number("epoch"),
                VerifierKey.parse(fields.take("key")),
                fields.time("time"),
                fields.takeIfThere("break"));
        fields.requireEnd();
        return parsed;
    }

    /** How many lines of the log are before the segment. */
    public long first() {
        return before.size();
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(KIND).append('\n');
        text.append("origin ").append(origin).append('\n');
        text.append("segment ").append(segment).append('\n');
        text.append("first ").append(before.size()).append('\n');
        before.hashes().forEach(hash -> text.append("hash ").append(hash).append('\n'));
        text.append("epoch ").append(epoch).append('\n');
        text.append("key ").append(key).append('\n');
        text.append("time ").append(Fields.written(time)).append('\n');
        if (broken != null) {
            text.append("break ").append(broken).append('\n');
        }
        return text.toString();
    }
}
