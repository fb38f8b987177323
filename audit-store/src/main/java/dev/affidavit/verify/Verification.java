package dev.affidavit.verify;

import dev.affidavit.seal.VerifierKey;
import dev.affidavit.seal.WitnessKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found. Immutable.
 *
 * @param verdict the worst of all findings; without any, {@link Verdict#SEALED} or {@link Verdict#ANCHORED}
 * @param findings in the order of the log, what is about the whole of it at the end
 * @param origin the name of the log; null if no seal says it
 * @param firstEpochKey the key of epoch 1 as the log has it; null if it has none
 * @param counts what was looked at
 * @param witnessed the largest checkpoint that each of the named witnesses cosigned and that agrees with the log; nothing of
 *     one that cosigned none
 */
public record Verification(
        Verdict verdict,
        List<Finding> findings,
        @Nullable String origin,
        @Nullable VerifierKey firstEpochKey,
        Counts counts,
        List<Witnessed> witnessed) {

    public Verification {
        findings = List.copyOf(findings);
        witnessed = List.copyOf(witnessed);
    }

    /**
     * What a witness saw of the log.
     *
     * @param size how many lines there were
     * @param time by the clock of the witness
     */
    public record Witnessed(WitnessKey witness, long size, Instant time) {}

    /**
     * What was looked at.
     *
     * @param firstLine the first line that is there; those before it were pruned
     * @param lines how many lines the log had, with those that were pruned
     * @param sealed how many of them are sealed
     * @param anchored up to which line a checkpoint from outside agrees
     * @param eventsFound how many of the events from outside are in the log
     * @param storedFrom the first line that is where all events are; 0 if nothing is known of such a place
     * @param storedEnd behind the last one
     * @param files files with lines
     * @param seals seal files, without what is kept of those of pruned files
     * @param statements in them, and in what is kept
     * @param bytes of files and seals that were read
     */
    public record Counts(
            long firstLine,
            long lines,
            long sealed,
            long anchored,
            int eventsFound,
            long storedFrom,
            long storedEnd,
            int files,
            int seals,
            long statements,
            long bytes) {
        /** How many lines are behind the last statement. */
        public long unsealed() {
            return lines - sealed;
        }
    }

    /** Whether nothing speaks against the log. */
    public boolean isPass() {
        return verdict.isPass();
    }
}
