package dev.affidavit.store;

import static dev.affidavit.store.CrashedLog.require;

import dev.affidavit.seal.VerifierKey;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the seals of a log bear a crash: nothing of it may look like damage. */
final class SealedCrash {
    private SealedCrash() {}

    /** Before a writer opens what the crash has left. */
    static void checkLeft(Path directory, LogOptions options) throws IOException {
        // A crash in the moment in which a log is made can leave less than a log.
        if (options.seal() != null && Files.exists(LogKey.file(LogDirectory.existing(directory)))) {
            Verification verification = verify(directory);
            boolean begun = verification.counts().seals() > 0;
            require(
                    !begun || verification.verdict().compareTo(Verdict.UNSEALED_TAIL) <= 0,
                    "no damage, found " + verification.verdict() + " " + verification.findings());
        }
    }

    /** After one has opened it, and closed it again. */
    static void checkOpened(Path directory, LogOptions options) throws IOException {
        if (options.seal() != null) {
            Verification verification = verify(directory);
            require(
                    verification.verdict() == Verdict.SEALED,
                    "all is sealed, found " + verification.verdict() + " " + verification.findings());
        }
    }

    private static Verification verify(Path directory) throws IOException {
        VerifierKey logKey = LogKey.read(LogDirectory.existing(directory)).verifierKey();
        VerifierKey firstEpoch = LogVerifier.of(directory).threads(1).verify().firstEpochKey();
        Pins pins = new Pins(firstEpoch == null ? List.of(logKey) : List.of(logKey, firstEpoch));
        return LogVerifier.of(directory).threads(1).pinned(pins).verify();
    }
}
