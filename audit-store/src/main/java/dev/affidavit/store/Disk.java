package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Every operation by which the writer changes the disk, so that a test can make each of them fail. */
interface Disk {
    /** Creates {@code file}, which must not exist, with exactly this mode. */
    SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException;

    /** Opens an existing regular file for writing at its end; follows no link. */
    SegmentFile open(Path file) throws IOException;

    void delete(Path file) throws IOException;

    /** Gives {@code file} another name, which no other file has, in one step. */
    void rename(Path file, Path name) throws IOException;

    /** Replaces {@code file} in one step, and makes that durable: see {@link PrivateFiles#replace}. */
    void replace(Path file, byte[] content) throws IOException;

    /** Overwrites bytes of an existing file where they are, and forces them. */
    void overwrite(Path file, long at, byte[] bytes) throws IOException;

    /** How much this process may still write there. */
    long usableBytes(Path directory) throws IOException;

    /** Makes created, renamed and deleted names durable. */
    void forceDirectory(Path directory) throws IOException;
}
