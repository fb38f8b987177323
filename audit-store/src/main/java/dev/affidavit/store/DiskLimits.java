package dev.affidavit.store;

/**
 * What a log does before its disk is full. Immutable.
 *
 * @param reserveBytes how much is kept allocated, so that on a full disk what the log reports of itself still finds room;
 *     zero for nothing
 * @param warnBelowBytes the listener is told when less is free; zero for never
 */
public record DiskLimits(long reserveBytes, long warnBelowBytes) {
    public DiskLimits {
        LogOptions.require(reserveBytes >= 0, "diskReserveBytes", "zero or more", reserveBytes);
        LogOptions.require(warnBelowBytes >= 0, "diskWarningBytes", "zero or more", warnBelowBytes);
    }
}
