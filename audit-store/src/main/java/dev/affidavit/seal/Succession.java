package dev.affidavit.seal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends an epoch: its key certifies the next one.
 *
 * @param epoch that ends
 * @param nextKey of epoch {@code epoch + 1}
 * @param size how many lines of the log are on the device
 * @param root head of the tree over them
 * @param nextSegment file name of the segment that follows this one, with {@link Reason#ROTATION} only
 * @param time of the host's clock, to microseconds
 */
public record Succession(
        String origin,
        long epoch,
        VerifierKey nextKey,
        long size,
        TreeHash root,
        Reason reason,
        @Nullable String nextSegment,
        Instant time)
        implements Statement {
    static final String KIND = "affidavit-succession 1";

    /** @throws IllegalArgumentException if there is a next segment without a rotation, or a rotation without one */
    public Succession {
        if ((nextSegment != null) != (reason == Reason.ROTATION)) {
            throw new IllegalArgumentException("a rotation, and nothing else, has a next segment");
        }
    }

    /** Why an epoch ends. */
    public enum Reason {
        /** It has lasted long enough. */
        TIME("time"),
        /** A writer opened the log: what stood behind the last statement was not sealed until now. */
        START("start"),
        /** Another segment follows. */
        ROTATION("rotation");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        static Reason parse(String text) throws MalformedSealException {
            for (Reason reason : values()) {
                if (reason.text.equals(text)) {
                    return reason;
                }
            }
            throw new MalformedSealException(
                    "%s: expected reason time, start or rotation, found '%s'".formatted(KIND, Text.shown(text)));
        }
    }

    static Succession parse(Fields fields) throws MalformedSealException {
        String origin = fields.take("origin");
        long epoch = fields.number("epoch");
        long next = fields.number("next-epoch");
        if (epoch == Long.MAX_VALUE || next != epoch + 1) {
            throw new MalformedSealException("%s: epoch %d cannot follow epoch %d".formatted(KIND, next, epoch));
        }
        VerifierKey nextKey = VerifierKey.parse(fields.take("next-key"));
        long size = fields.number("size");
        TreeHash root = fields.hash("root");
        Reason reason = Reason.parse(fields.take("reason"));
        String nextSegment = reason == Reason.ROTATION ? fields.take("next-segment") : null;
        Succession parsed =
                new Succession(origin, epoch, nextKey, size, root, reason, nextSegment, fields.time("time"));
        fields.requireEnd();
        return parsed;
    }

    public long nextEpoch() {
        return epoch + 1;
    }

    @Override
    public String text() {
        return KIND + "\norigin " + origin + "\nepoch " + epoch + "\nnext-epoch " + nextEpoch() + "\nnext-key "
                + nextKey
                + "\nsize " + size + "\nroot " + root + "\nreason " + reason.text
                + (nextSegment == null ? "" : "\nnext-segment " + nextSegment) + "\ntime " + Fields.written(time)
                + "\n";
    }
}
