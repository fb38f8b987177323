package dev.affidavit.store;

import java.io.IOException;

/** Tells a full disk from another failure. */
final class FullDisk {
    /** Less than this is nothing: file systems keep some blocks for themselves. */
    private static final long NOTHING = 64 * 1024;

    private FullDisk() {}

    /**
     * Whether the operation failed for want of space, of inodes or of quota. The JDK passes on the words of the C library,
     * in the language of the process; so what is free counts too.
     */
    static boolean causes(IOException failure, long usableBytes) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || usableBytes < NOTHING;
    }
}
