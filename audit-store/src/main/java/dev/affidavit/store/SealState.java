package dev.affidavit.store;

import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.TreeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seal of a log that is being opened.
 *
 * @param options with which it was opened
 * @param writer of the seal of the current segment
 * @param current the segment that is being sealed
 * @param behind those behind it that are there
 * @param found the range of all lines that are there; if they are not read yet, that of those that are sealed
 * @param sealed how many of them are sealed
 * @param epoch that is current
 * @param resumed whether an earlier writer sealed before
 * @param begin the segment to be begun; null if the log goes on in its last one
 * @param unread how many bytes the last segment has, if its lines and those behind the last statement are not read yet; else
 *     {@link #ALL_READ}
 * @param tampering what was found amiss; null if nothing was
 */
record SealState(
        SealOptions options,
        SigningKey logKey,
        EpochKeys keys,
        long epoch,
        SigningKey epochKey,
        SealWriter writer,
        Boundary current,
        List<Boundary> behind,
        TreeRange found,
        long sealed,
        boolean resumed,
        @Nullable SegmentName begin,
        long unread,
        @Nullable Tampering tampering) {
    /** Less than any number of bytes. */
    static final long ALL_READ = -1;

    boolean isRead() {
        return unread == ALL_READ;
    }

    /** The segment to which the first line goes. */
    SegmentName opened() {
        return begin != null
                ? begin
                : behind.isEmpty()
                        ? current.segment()
                        : behind.get(behind.size() - 1).segment();
    }
}
