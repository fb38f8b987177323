package dev.affidavit.acceptance;

import dev.affidavit.store.LogOptions;
import dev.affidavit.store.SealOptions;
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

/** Whether the seals of a log bear a fault: nothing that it left may look like damage. */
final class SealCheck {
    /** As the product seals a log of which the configuration says nothing. */
    private static final SealOptions DEFAULT = SealOptions.of("affidavit");

    /** Nothing is pinned here, which is said of every log; and retention removes files. */
    private static final Set<Rule> SAID_OF_WHOLE_LOGS = EnumSet.of(Rule.KEYS_PINNED, Rule.FILES_PRUNED);

    private static final int NO_LIMIT = 100_000;

    private SealCheck() {}

    /** To open a log of the product again. Nothing is removed then, even if retention still had to wait for seals. */
    static LogOptions options(Path log) {
        return LogOptions.in(log)
                .maxSegments(NO_LIMIT)
                .diskReserveBytes(0)
                .diskWarningBytes(0)
                .seal(DEFAULT)
                .build();
    }

    /** What a verifier takes for damage before a writer has opened the log again. */
    static List<Finding> damage(Path log) throws IOException {
        if (!Files.exists(log.resolve(".affidavit/seal/log.key"))) {
            return List.of(); // a fault in the moment in which a log is made can leave less than a log
        }
        Verification verification = LogVerifier.of(log).verify();
        return verification.counts().seals() == 0
                ? List.of()
                : findings(verification).stream()
                        .filter(finding -> finding.rule() != Rule.TAIL_SEALED)
                        .toList();
    }

    /** What it finds once one has opened it, and closed it: then all is sealed. */
    static List<Finding> unsealed(Path log) throws IOException {
        return findings(LogVerifier.of(log).verify());
    }

    private static List<Finding> findings(Verification verification) {
        return verification.findings().stream()
                .filter(finding -> !SAID_OF_WHOLE_LOGS.contains(finding.rule()))
                .toList();
    }
}
