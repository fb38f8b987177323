package dev.affidavit.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Notices that the disk runs full, is full, and has room again; then it makes the reserve anew. Used by one thread, but for {@link #statistics}. */
final class DiskWatch {
    private final LogDirectory directory;
    private final Disk disk;
    private final DiskReserve reserve;
    private final Telling telling;

    private boolean fullTold;
    private boolean lowTold;
    private boolean rotationTold;
    private volatile long usable = -1;

    DiskWatch(LogDirectory directory, Disk disk, DiskReserve reserve, Telling telling) {
        this.directory = directory;
        this.disk = disk;
        this.reserve = reserve;
        this.telling = telling;
    }

    /** Whether it is for want of space that the operation failed. */
    boolean isFull(IOException failure) {
        try {
            return FullDisk.causes(failure, disk.usableBytes(directory.path()));
        } catch (IOException e) {
            return FullDisk.causes(failure, Long.MAX_VALUE);
        }
    }

    DiskStatistics statistics() {
        return new DiskStatistics(usable, reserve.held());
    }

    /**
     * Tells what there is to tell.
     *
     * @param failures of the log's lines and of its last rotation
     */
    void look(DiskLimits limits, WriteFailures failures) throws IOException {
        long usableNow = disk.usableBytes(directory.path());
        usable = usableNow;
        tellIfFull(failures.line(), usableNow);
        tellIfNoFileCanBeMade(failures.rotation(), usableNow);
        tellIfLow(limits, usableNow);
        long missing = limits.reserveBytes() - reserve.held();
        // As much again must stay free: the reserve is not to be what fills the disk.
        boolean hasRoom = failures.line() == null && usableNow >= missing + limits.reserveBytes();
        fullTold &= !hasRoom;
        if (hasRoom || missing <= 0) {
            reserve.hold(limits.reserveBytes());
        }
    }

    private void tellIfFull(@Nullable IOException failure, long usableNow) {
        if (failure != null && !fullTold && FullDisk.causes(failure, usableNow)) {
            DiskTrouble trouble = new DiskTrouble("a line could not be written: " + failure.getMessage(), usableNow);
            fullTold = telling.tell(listener -> listener.diskFull(trouble));
        }
    }

    private void tellIfNoFileCanBeMade(@Nullable IOException failure, long usableNow) {
        if (failure == null) {
            rotationTold = false;
        } else if (!rotationTold) {
            DiskTrouble trouble = new DiskTrouble(
                    "no new file can be made, lines go on in the last one whatever its size: " + failure, usableNow);
            rotationTold = telling.tell(listener -> listener.diskLow(trouble));
        }
    }

    private void tellIfLow(DiskLimits limits, long usableNow) {
        if (usableNow >= limits.warnBelowBytes()) {
            lowTold = false;
        } else if (!lowTold) {
            DiskTrouble trouble =
                    new DiskTrouble("less than %d bytes are free".formatted(limits.warnBelowBytes()), usableNow);
            lowTold = telling.tell(listener -> listener.diskLow(trouble));
        }
    }

    /**
     * What went wrong last and has not worked since.
     *
     * @param line why the last line was not written; null if it was
     * @param rotation why the segment that is due cannot be begun; null if none is, or it can
     */
    record WriteFailures(
            @Nullable IOException line, @Nullable IOException rotation) {}
}
