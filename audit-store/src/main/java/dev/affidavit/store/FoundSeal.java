package dev.affidavit.store;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seal file as the writer finds it. Its statements are signed by the log key and, from the epoch of the first one on, by one
 * epoch after the other; who certified that epoch, and the lines, are for others to look at.
 *
 * @param epoch that is current behind its last statement
 * @param key of that epoch
 * @param sealed how many lines of the log its last statement is over
 * @param root of these
 * @param handedOver the succession to the next segment; null if there was none
 * @param onlyBegun whether nothing follows its first statement
 * @param end behind its last finished statement
 * @param kept what outlives the segment: all but the checkpoints before the last
 * @param letGo the segments that it says retention lets go
 */
record FoundSeal(
        SegmentStart start,
        long epoch,
        VerifierKey key,
        long sealed,
        TreeHash root,
        @Nullable Succession handedOver,
        boolean onlyBegun,
        long end,
        List<SignedNote> kept,
        List<String> letGo) {

    /** @throws MalformedSealException if it is not such a file; tells the byte */
    static FoundSeal read(Path file, VerifierKey logKey) throws IOException, MalformedSealException {
        try (SealReader in = SealReader.of(PrivateFiles.reading(file))) {
            return new Reading(in, logKey).read();
        }
    }

    /** The reading of one file. */
    private static final class Reading {
        private final SealReader in;
        private final VerifierKey logKey;
        private final List<SignedNote> kept = new ArrayList<>();
        private final List<String> letGo = new ArrayList<>();
        private @Nullable SignedNote lastCheckpoint;
        private @Nullable Succession handedOver;
        private long epoch;
        private VerifierKey key;
        private long sealed;
        private TreeHash root;
        private long end;

        Reading(SealReader in, VerifierKey logKey) {
            this.in = in;
            this.logKey = logKey;
            this.key = logKey;
            this.root = TreeHash.EMPTY;
        }

        FoundSeal read() throws IOException, MalformedSealException {
            SignedStatement first = in.next();
            if (first == null || !(first.statement() instanceof SegmentStart start)) {
                throw refusal(0, "expected the beginning of a segment's seal");
            }
            epoch = start.epoch();
            key = start.key();
            sealed = start.first();
            root = start.before().root();
            kept.add(signed(first));
            for (SignedStatement next = in.next(); next != null; next = in.next()) {
                take(next);
            }
            boolean onlyBegun = end == first.end();
            keepCheckpoint();
            return new FoundSeal(
                    start, epoch, key, sealed, root, handedOver, onlyBegun, end, List.copyOf(kept), List.copyOf(letGo));
        }

        private void take(SignedStatement next) throws MalformedSealException {
            if (handedOver != null) {
                throw refusal(next.offset(), "expected nothing behind the succession to the next segment");
            }
            SignedNote note = signed(next);
            Statement statement = next.statement();
            if (statement instanceof Checkpoint checkpoint) {
                lastCheckpoint = note;
                seal(next.offset(), checkpoint.size(), checkpoint.root());
            } else if (statement instanceof Succession succession) {
                if (succession.epoch() != epoch) {
                    throw refusal(
                            next.offset(),
                            "expected the end of epoch %d, found that of %d".formatted(epoch, succession.epoch()));
                }
                if (succession.nextSegment() != null) {
                    handedOver = succession;
                    keepCheckpoint();
                }
                kept.add(note);
                seal(next.offset(), succession.size(), succession.root());
                epoch = succession.nextEpoch();
                key = succession.nextKey();
            } else if (statement instanceof PruneRecord prune) {
                kept.add(note);
                letGo.add(prune.segment());
            } else {
                throw refusal(next.offset(), "expected one beginning, found another");
            }
        }

        private void keepCheckpoint() {
            if (lastCheckpoint != null) {
                kept.add(lastCheckpoint);
                lastCheckpoint = null;
            }
        }

        private void seal(long offset, long size, TreeHash newRoot) throws MalformedSealException {
            if (size < sealed || (size == sealed && !newRoot.equals(root))) {
                throw refusal(offset, "it is over %d lines, and another before it over %d".formatted(size, sealed));
            }
            sealed = size;
            root = newRoot;
        }

        private SignedNote signed(SignedStatement statement) throws MalformedSealException {
            for (VerifierKey signer : List.of(logKey, key)) {
                if (!statement.note().isSignedBy(signer)) {
                    throw refusal(statement.offset(), "it is not signed by " + signer.name());
                }
            }
            if (!statement.statement().origin().equals(logKey.name())) {
                throw refusal(statement.offset(), "expected the origin " + logKey.name());
            }
            end = statement.end();
            return statement.note();
        }

        private static MalformedSealException refusal(long offset, String problem) {
            return MalformedSealException.at(offset, problem);
        }
    }
}
