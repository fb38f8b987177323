package dev.affidavit.store;

import dev.affidavit.seal.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a sealed log that are worth more off the host: who holds them can tell whether its seals were made anew.
 *
 * @param logKey of all statements about the log; its name is the log's origin
 * @param firstEpoch that of epoch 1, with which the chain of epochs begins; null if anything is sealed already
 */
public record SealPins(VerifierKey logKey, @Nullable VerifierKey firstEpoch) {
    private static final long FIRST_EPOCH = 1;

    /** Of a log as it is opened. */
    static SealPins of(SealState seal) {
        boolean begins = seal.sealed() == 0 && seal.epoch() == FIRST_EPOCH;
        return new SealPins(
                seal.logKey().verifierKey(), begins ? seal.epochKey().verifierKey() : null);
    }
}
