package dev.affidavit.forward;

import dev.affidavit.spi.ForwardedLine;
import java.util.List;

/**
 * The first parcels of a batch, as many as are of one kind: all of them can be sent, or none can be decrypted.
 *
 * @param batch these parcels
 * @param lines what the destination is given of them; empty if they cannot be decrypted
 * @param problems why not, of each; empty if they can
 * @param hasSecrets whether any of the lines {@link #wasEncrypted}
 */
record Opened(Batch batch, List<ForwardedLine> lines, List<String> problems, boolean hasSecrets) {
    boolean canBeSent() {
        return problems.isEmpty();
    }

    /** Whether what is sent is another than the log has: what it says is the destination's business alone. */
    boolean wasEncrypted(int index) {
        return lines.get(index).json() != batch.parcels().get(index).stored().bytes();
    }
}
