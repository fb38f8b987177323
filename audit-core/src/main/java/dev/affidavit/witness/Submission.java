package dev.affidavit.witness;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.NoteSignature;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.WitnessKey;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint as a witness is given it.
 *
 * @param oldSize that the witness is supposed to have seen last
 * @param proof that the log was only added to since; none if that is 0
 */
record Submission(Sealed sealed, long oldSize, List<TreeHash> proof) {
    /** A checkpoint of the log. */
    record Sealed(SignedNote note, Checkpoint checkpoint) {
        static Sealed parse(String note) throws MalformedSealException {
            SignedNote signed = SignedNote.parse(note);
            if (Statement.parse(signed.text()) instanceof Checkpoint checkpoint) {
                return new Sealed(signed, checkpoint);
            }
            throw new MalformedSealException("expected a checkpoint, found another statement of a seal");
        }

        long size() {
            return checkpoint.size();
        }
    }

    /** C2SP tlog-witness, add-checkpoint. */
    String body() {
        StringBuilder body = new StringBuilder("old ").append(oldSize).append('\n');
        proof.forEach(hash -> body.append(hash).append('\n'));
        return body.append('\n').append(sealed.note()).toString();
    }

    /**
     * The checkpoint with the log's signatures and those of this witness; empty if the lines have none that is good.
     *
     * @param lines signature lines of whomever
     */
    Optional<SignedNote> cosigned(WitnessKey witness, String lines) {
        try {
            SignedNote note = sealed.note();
            List<NoteSignature> all = SignedNote.parse(note + lines).signatures();
            for (NoteSignature added : all.subList(note.signatures().size(), all.size())) {
                note = witness.owns(added) ? note.with(added) : note;
            }
            return witness.cosigned(note).isPresent() ? Optional.of(note) : Optional.empty();
        } catch (MalformedSealException e) {
            return Optional.empty();
        }
    }
}
