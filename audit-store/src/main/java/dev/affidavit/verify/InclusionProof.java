package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a line is in a log, for who has neither the log nor any other line of it: a C2SP tlog-proof, whose text
 * {@link #toString} gives. Immutable.
 *
 * @param index of the line, counted from 0
 * @param hashes the inclusion proof of RFC 6962, section 2.1.1: from the sibling of the leaf up
 * @param checkpoint a signed checkpoint of the log, with whatever cosignatures it has
 */
public record InclusionProof(long index, List<TreeHash> hashes, SignedNote checkpoint) {
    private static final String KIND = "c2sp.org/tlog-proof@v1";

    /** A tree of 2^63 leaves has 63 hashes. The line {@code extra} is not authenticated, and means nothing here. */
    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(KIND)
                    + "\n(?:extra [A-Za-z0-9+/]+={0,2}\n)?index (0|[1-9][0-9]{0,18})\n((?:[^\n]+\n){0,63})\n(.+)",
            Pattern.DOTALL);

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** From the text of a tlog-proof. */
    public static InclusionProof parse(String text) throws MalformedSealException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new MalformedSealException("expected a tlog-proof: " + KIND
                    + ", 'index' and a number, hashes, an empty line and a checkpoint; found another text");
        }
        List<TreeHash> hashes = new ArrayList<>();
        for (String hash : form.group(2).lines().toList()) {
            hashes.add(TreeHash.parse(hash));
        }
        SignedNote checkpoint = SignedNote.parse(form.group(3));
        requireCheckpoint(checkpoint);
        return new InclusionProof(index(form.group(1)), hashes, checkpoint);
    }

    private static long index(String text) throws MalformedSealException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedSealException("expected an index below 2^63, found " + text, e);
        }
    }

    private static Checkpoint requireCheckpoint(SignedNote note) throws MalformedSealException {
        if (Statement.parse(note.text()) instanceof Checkpoint checkpoint) {
            return checkpoint;
        }
        throw new MalformedSealException("expected a checkpoint, found another statement of a seal");
    }

    /**
     * Why it does not prove that this line was in the log; empty if it does: the log key signed a tree with this line at this
     * index.
     *
     * @param line without its {@code \n}, to the byte
     * @param logKey as it was pinned; its name is the origin of the log
     */
    public Optional<String> problem(byte[] line, VerifierKey logKey) {
        Checkpoint tree;
        try {
            tree = requireCheckpoint(checkpoint);
        } catch (MalformedSealException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (!tree.origin().equals(logKey.name())) {
            return Optional.of("it is of the log %s, and the key is of %s".formatted(tree.origin(), logKey.name()));
        }
        if (!checkpoint.isSignedBy(logKey)) {
            return Optional.of("its checkpoint has no good signature of the log key " + logKey);
        }
        if (index >= tree.size()) {
            return Optional.of("it is of line %d, and its checkpoint is over %d lines".formatted(index, tree.size()));
        }
        return leadsTo(TreeHash.leaf(line), tree)
                ? Optional.empty()
                : Optional.of("another line, or none, is line %d of that log".formatted(index));
    }

    /** RFC 9162, section 2.1.3.2. */
    private boolean leadsTo(TreeHash leaf, Checkpoint tree) {
        long node = index;
        long last = tree.size() - 1;
        TreeHash hash = leaf;
        for (TreeHash sibling : hashes) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.node(sibling, hash);
                while ((node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(tree.root());
    }

    /** The text of a tlog-proof. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(KIND).append("\nindex ").append(index).append('\n');
        hashes.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
