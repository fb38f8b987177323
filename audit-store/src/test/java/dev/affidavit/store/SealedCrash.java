package dev.affidavit.store;

import static dev.affidavit.store.CrashedLog.require;

import dev.affidavit.verify.Finding;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Rule;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether the seals of a log bear a crash: nothing of it may look like damage. */
final class SealedCrash {
    /** Nothing is pinned here, which is said of every log; and retention removes files. */
    private static final Set<Rule> SAID_OF_WHOLE_LOGS = EnumSet.of(Rule.KEYS_PINNED, Rule.FILES_PRUNED);

    private SealedCrash() {}

    /** Before a writer opens what the crash has left. */
    static void checkLeft(Path directory, LogOptions options) throws IOException {
        // A crash in the moment in which a log is made can leave less than a log.
        if (options.seal() != null && Files.exists(LogKey.file(LogDirectory.existing(directory)))) {
            Verification verification = verify(directory);
            List<Finding> findings = findings(verification);
            boolean begun = verification.counts().seals() > 0;
            require(
                    !begun || findings.stream().allMatch(finding -> finding.rule() == Rule.TAIL_SEALED),
                    "no damage, found " + findings);
        }
    }

    /** After one has opened it, and closed it again. */
    static void checkOpened(Path directory, LogOptions options) throws IOException {
        if (options.seal() != null) {
            List<Finding> findings = findings(verify(directory));
            require(findings.isEmpty(), "all is sealed, found " + findings);
        }
    }

    private static Verification verify(Path directory) throws IOException {
        return LogVerifier.of(directory).threads(1).verify();
    }

    private static List<Finding> findings(Verification verification) {
        return verification.findings().stream()
                .filter(finding -> !SAID_OF_WHOLE_LOGS.contains(finding.rule()))
                .toList();
    }
}
