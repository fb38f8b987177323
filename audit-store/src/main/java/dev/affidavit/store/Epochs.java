package dev.affidavit.store;

import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The epochs of a log's keys: the current one, and the next while it is prepared. Used by the thread that seals. */
final class Epochs {
    private final SigningKey logKey;
    private final EpochKeys keys;
    private final SecureRandom random;

    private long epoch;
    private SigningKey key;
    /** Kept when an attempt fails: a statement of that attempt may be on the device, and certify it. */
    private @Nullable SigningKey next;
    /** Whether the key of the epoch before may still be on disk. */
    private boolean toErase;

    Epochs(SealState state, SecureRandom random) {
        this.logKey = state.logKey();
        this.keys = state.keys();
        this.random = random;
        this.epoch = state.epoch();
        this.key = state.epochKey();
    }

    String origin() {
        return logKey.verifierKey().name();
    }

    long current() {
        return epoch;
    }

    /** The public key of the next epoch, which is on disk when this returns. */
    VerifierKey prepareNext() throws IOException {
        if (next == null) {
            SigningKey made = SigningKey.generate(Statement.epochKeyName(origin(), epoch + 1), random);
            keys.store(epoch + 1, made);
            next = made;
        }
        return next.verifierKey();
    }

    /** Signed in the current epoch. */
    SignedNote sign(Statement statement) {
        return SignedNote.sign(statement.text(), logKey, key);
    }

    /** Signed in the next epoch, which must be prepared. */
    SignedNote signInNext(SegmentStart start) {
        if (next == null) {
            throw new IllegalStateException("the next epoch is not prepared");
        }
        return SignedNote.sign(start.text(), logKey, next);
    }

    /** The next epoch, which is certified, becomes the current one. */
    void advance() {
        if (next == null) {
            throw new IllegalStateException("the next epoch is not prepared");
        }
        epoch++;
        key = next;
        next = null;
        toErase = true;
    }

    /** Overwrites the key of the epoch before, unless that is done. */
    void erasePrevious() throws IOException {
        if (toErase) {
            keys.erase(epoch - 1);
            toErase = false;
        }
    }
}
