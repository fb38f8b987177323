package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * An open segment. {@link #force} may run beside the other methods; these need one caller at a time. An interrupted
 * caller does not close it.
 */
interface SegmentFile extends StoredBytes, Closeable {
    /** Writes all bytes at the end, in one system call where the kernel takes them in one. */
    void write(byte[] bytes, int length) throws IOException;

    /** Cuts the file; the next write goes to its new end. */
    void truncate(long length) throws IOException;

    /** Returns when every byte written before the call is on the device (fdatasync). */
    void force() throws IOException;
}
