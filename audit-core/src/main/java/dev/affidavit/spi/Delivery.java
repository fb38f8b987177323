package dev.affidavit.spi;

import java.util.List;

/**
 * What became of lines that a destination was given.
 *
 * @param settled how many of them, from the first on, are not to be sent again: the destination has them, or refuses them
 *     for good. The others are sent again; at least one must be settled, or {@code deliver} throws
 * @param refusals which of the settled lines the destination will never take; they go to the dead letters
 */
public record Delivery(int settled, List<Refusal> refusals) {
    public Delivery {
        refusals = List.copyOf(refusals);
        for (Refusal refusal : refusals) {
            if (refusal.index() < 0 || refusal.index() >= settled) {
                throw new IllegalArgumentException(
                        "refusals: expected an index from 0 to %d, found %d".formatted(settled - 1, refusal.index()));
            }
        }
    }

    /** The destination has all of these lines. */
    public static Delivery ofAll(List<ForwardedLine> lines) {
        return new Delivery(lines.size(), List.of());
    }

    /**
     * A line that the destination will never take.
     *
     * @param index of the line in its batch
     * @param reason what the destination said, without secrets
     */
    public record Refusal(int index, String reason) {}
}
