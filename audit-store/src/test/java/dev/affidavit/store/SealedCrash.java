package dev.affidavit.store;

import static dev.affidavit.store.CrashedLog.require;

import java.io.IOException;
import java.nio.file.Path;

/** Whether the seals of a log bear a crash: nothing of it may look like damage. */
final class SealedCrash {
    private SealedCrash() {}

    /** Before a writer opens what the crash has left. */
    static void checkLeft(Path directory, LogOptions options) throws IOException {}

    /** After one has opened it, and closed it again. */
    static void checkOpened(Path directory, LogOptions options) throws IOException {
        if (options.seal() != null) {
            LogDirectory log = LogDirectory.existing(directory);
            for (SegmentName seal : log.seals()) {
                try {
                    FoundSeal found =
                            FoundSeal.read(log.seal(seal), LogKey.read(log).verifierKey());
                    require(
                            found.start().broken() == null,
                            "no break, found " + found.start().broken());
                } catch (dev.affidavit.seal.MalformedSealException e) {
                    throw new AssertionError("a seal is damaged: " + e.getMessage(), e);
                }
            }
        }
    }
}
