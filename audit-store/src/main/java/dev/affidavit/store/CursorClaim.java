package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * The right to read on from a cursor and to move it, which one reader has at a time: in this process, whatever its class
 * loaders, and in all others. It ends with {@link #close} or with the process. Thread-safe.
 */
public final class CursorClaim implements Closeable {
    private final Claim claim;

    CursorClaim(Claim claim) {
        this.claim = claim;
    }

    /** Whether no reader had this right before: a cursor that is not there then was never stored. */
    public boolean isFirst() {
        return claim.isFirst();
    }

    /** Gives it back. Closing twice does nothing more. */
    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new StoreException("a cursor's lock cannot be given back: " + e, e);
        }
    }
}
