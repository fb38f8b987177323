package dev.affidavit.store;

import java.io.IOException;

/** The bytes of a segment. */
interface StoredBytes {
    long length() throws IOException;

    /** Fills {@code into} from {@code position} on; the bytes must be there. */
    void read(long position, byte[] into) throws IOException;
}
