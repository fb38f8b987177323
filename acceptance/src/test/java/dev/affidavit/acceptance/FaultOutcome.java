package dev.affidavit.acceptance;

import java.util.List;

/**
 * What came of a run that met a fault.
 *
 * @param met whether the call came that was to fail
 * @param violations promises that were not kept; empty as it should be
 */
record FaultOutcome(Fault fault, boolean met, How how, List<String> violations) {
    /** How the fault showed. */
    enum How {
        /** Not at all: each event is recorded, and nobody says a word. */
        UNAFFECTED,
        /** Each event is recorded, and the framework's status or the log tells of the fault. */
        SAID,
        /** A caller was told that its event is not recorded. */
        TOLD,
        /** The process was killed, and the log opened again. */
        RECOVERED
    }
}
