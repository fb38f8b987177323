package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.verify.Anchors.AnchoredCheckpoint;
import dev.affidavit.verify.Verification.Witnessed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The witnesses that must have cosigned a log, and what they cosigned of it. Not thread-safe. */
final class Cosigners {
    private final List<WitnessKey> witnesses;
    private final Set<WitnessKey> cosigned = new HashSet<>();
    private final Map<WitnessKey, Witnessed> witnessed = new LinkedHashMap<>();
    private final List<Finding> bad = new ArrayList<>();
    /** Of the checkpoint that was seen last. */
    private final Map<WitnessKey, Instant> times = new LinkedHashMap<>();

    Cosigners(List<WitnessKey> witnesses) {
        this.witnesses = witnesses;
    }

    /** Looks who cosigned a checkpoint of this log, and says so in words that can stand behind it. */
    String see(AnchoredCheckpoint anchor) {
        times.clear();
        StringBuilder seen = new StringBuilder();
        long size = anchor.checkpoint().size();
        for (WitnessKey witness : witnesses) {
            Optional<Instant> time = witness.cosigned(anchor.note());
            if (time.isPresent()) {
                times.put(witness, time.get());
                cosigned.add(witness);
                seen.append(", which %s cosigned at %s,".formatted(witness.name(), time.get()));
            } else if (witness.isNamedIn(anchor.note())) {
                bad.add(Finding.ofLog(
                        Rule.COSIGNED,
                        Verdict.KEY_UNKNOWN,
                        "good cosignatures of " + witness.name(),
                        "one under the checkpoint of size %d that is not".formatted(size)));
            }
        }
        return seen.toString();
    }

    /** The lines are those of the checkpoint that was seen last. */
    void agreed(Checkpoint checkpoint) {
        times.forEach((witness, time) -> witnessed.merge(
                witness,
                new Witnessed(witness, checkpoint.size(), time),
                (one, other) -> one.size() > other.size() ? one : other));
    }

    List<Witnessed> witnessed() {
        return List.copyOf(witnessed.values());
    }

    /** To be asked once all checkpoints were seen. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(bad);
        for (WitnessKey witness : witnesses) {
            if (!cosigned.contains(witness)) {
                findings.add(Finding.ofLog(
                        Rule.COSIGNED,
                        Verdict.SEAL_MISSING,
                        "a checkpoint of this log that %s cosigned, in %s or among what was given"
                                .formatted(witness.name(), KeptCosignatures.of(witness)),
                        "none"));
            }
        }
        return findings;
    }
}
