package dev.affidavit.verify;

/** A line of a log, and the proof that it is one. Immutable. */
public final class ProvenLine {
    private final byte[] line;
    private final InclusionProof proof;

    ProvenLine(byte[] line, InclusionProof proof) {
        this.line = line.clone();
        this.proof = proof;
    }

    /** Without its {@code \n}. */
    public byte[] line() {
        return line.clone();
    }

    public InclusionProof proof() {
        return proof;
    }
}
