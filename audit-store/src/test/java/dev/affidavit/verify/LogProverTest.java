package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import dev.affidavit.seal.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogProverTest {
    /** Each flip costs a signature; so every ninth, which comes by all bits of a byte. */
    private static final int COPRIME_TO_8 = 9;

    @TempDir
    Path directory;

    @Test
    void shouldProveEachLineOfALog() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        VerifierKey logKey = sample.logKey().verifierKey();
        for (int i = 0; i < sample.size(); i++) {
            ProvenLine proven = LogProver.of(directory).ofLine(i);

            assertThat(proven.line()).isEqualTo(sample.lineAt(i));
            InclusionProof proof = InclusionProof.parse(proven.proof().toString());
            assertThat(proof).isEqualTo(proven.proof());
            assertThat(proof.problem(proven.line(), logKey)).isEmpty();
            for (int other = 0; other < sample.size(); other++) {
                assertThat(proof.problem(sample.lineAt(other), logKey).isEmpty())
                        .isEqualTo(other == i);
            }
        }
    }

    /** One line is proven in logs of all shapes: whatever the size of the tree is, and wherever the file begins. */
    @Test
    void shouldProveLinesInTreesOfEverySize() throws Exception {
        List<TreeHash> leaves = new ArrayList<>();
        for (int size = 1; size <= 40; size++) {
            leaves.add(TreeHash.leaf(("line " + size).getBytes(UTF_8)));
            for (int first = 0; first < size; first++) {
                for (int index = first; index < size; index++) {
                    GrowingTree tree = GrowingTree.from(SealedSample.rangeOf(leaves.subList(0, first)));
                    tree.watch(index);
                    for (int i = first; i < size; i++) {
                        byte[] line = ("\0line " + (i + 1)).getBytes(UTF_8);
                        tree.part(line, 0, line.length);
                        tree.endLeaf();
                    }

                    assertThat(tree.path())
                            .as("%d of %d, from %d", index, size, first)
                            .isEqualTo(path(index, leaves));
                    assertThat(tree.root()).isEqualTo(SealedSample.head(leaves));
                    assertThat(tree.range()).isEqualTo(SealedSample.rangeOf(leaves));
                }
            }
        }
    }

    /** RFC 6962, section 2.1.1. */
    private static List<TreeHash> path(int index, List<TreeHash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        List<TreeHash> left = leaves.subList(0, split);
        List<TreeHash> right = leaves.subList(split, leaves.size());
        List<TreeHash> path = new ArrayList<>(index < split ? path(index, left) : path(index - split, right));
        path.add(SealedSample.head(index < split ? right : left));
        return path;
    }

    @Test
    void shouldProveLinesOfALogOfWhichTheOldestAreGone() throws Exception {
        SealedSample sample = SampleLog.PRUNED.write(directory);
        long first = LogVerifier.of(directory).verify().counts().firstLine();
        assertThat(first).isPositive();

        ProvenLine proven = LogProver.of(directory).ofLine(first);

        assertThat(proven.line()).isEqualTo(sample.lineAt((int) first));
        assertThat(proven.proof().problem(proven.line(), sample.logKey().verifierKey()))
                .isEmpty();
        assertThatThrownBy(() -> LogProver.of(directory).ofLine(first - 1))
                .isInstanceOf(NoProofException.class)
                .hasMessageContaining("pruned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evt_0000000003000000000_0000000003", "evt_0000000009000000000_0000000009"})
    void shouldProveAnEvent(String id) throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);

        ProvenLine proven = LogProver.of(directory).ofEvent(id);

        assertThat(new String(proven.line(), UTF_8)).contains(id);
        assertThat(proven.proof().problem(proven.line(), sample.logKey().verifierKey()))
                .isEmpty();
    }

    @Test
    void shouldSayWhyThereIsNoProof() throws Exception {
        SealedSample sample = SampleLog.UNSEALED_TAIL.write(directory);
        LogProver prover = LogProver.of(directory);

        assertThatThrownBy(() -> prover.ofLine(-1)).hasMessageContaining("from 0");
        assertThatThrownBy(() -> prover.ofLine(sample.size() - 1)).hasMessageContaining("not sealed");
        assertThatThrownBy(() -> prover.ofLine(sample.size())).hasMessageContaining("not sealed");
        assertThatThrownBy(() -> prover.ofEvent("evt_1")).hasMessageContaining("evt_1");
        Files.writeString(sample.segment(0), Files.readString(sample.segment(0)).replace("\"n\":1,", "\"n\":9,"));
        assertThatThrownBy(() -> prover.ofLine(0)).hasMessageContaining("verify the log");
    }

    @ParameterizedTest
    @EnumSource(
            value = SampleLog.class,
            names = {"UNSEALED_TAIL", "HAND_OVER_BEGUN", "HAND_OVER_CUT", "FORCE_REFUSED", "STATEMENT_CUT", "LINE_NUL"})
    void shouldProveWhateverACrashLeft(SampleLog log) throws Exception {
        SealedSample sample = log.write(directory);
        for (int i = 0; i < 6; i++) {
            ProvenLine proven = LogProver.of(directory).ofLine(i);

            assertThat(proven.line()).isEqualTo(sample.lineAt(i));
            assertThat(proven.proof().problem(proven.line(), sample.logKey().verifierKey()))
                    .isEmpty();
        }
    }

    @Test
    void shouldProveNothingWithAnotherKeyIndexHashOrRoot() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        VerifierKey logKey = sample.logKey().verifierKey();
        VerifierKey sameName =
                SigningKey.generate(SealedSample.ORIGIN, new SecureRandom()).verifierKey();
        InclusionProof proof = LogProver.of(directory).ofLine(4).proof();
        byte[] line = sample.lineAt(4);

        assertThat(proof.problem(line, sameName)).isPresent();
        assertThat(proof.problem(line, sample.firstEpochKey())).isPresent();
        for (long index = 0; index < 20; index++) {
            assertThat(new InclusionProof(index, proof.hashes(), proof.checkpoint())
                            .problem(line, logKey)
                            .isEmpty())
                    .isEqualTo(index == 4);
        }
        for (int i = 0; i < proof.hashes().size(); i++) {
            List<TreeHash> without = new ArrayList<>(proof.hashes());
            without.remove(i);
            assertThat(new InclusionProof(4, without, proof.checkpoint()).problem(line, logKey))
                    .isPresent();
            List<TreeHash> more = new ArrayList<>(proof.hashes());
            more.add(i, TreeHash.EMPTY);
            assertThat(new InclusionProof(4, more, proof.checkpoint()).problem(line, logKey))
                    .isPresent();
        }
    }

    /** No change of a letter leaves a proof, unless to something that means nothing: another's signature. */
    @Test
    void shouldProveNothingOnceABitOfItIsFlipped() throws Exception {
        SealedSample sample = SampleLog.ONE_FILE.write(directory);
        VerifierKey logKey = sample.logKey().verifierKey();
        ProvenLine proven = LogProver.of(directory).ofLine(2);
        byte[] text = proven.proof().toString().getBytes(UTF_8);
        int others = proven.proof().toString().indexOf("/epoch-1 ");
        int epochLine = proven.proof().toString().lastIndexOf("— ", others);
        int meaningless = new String(text, UTF_8).substring(0, epochLine).getBytes(UTF_8).length;
        for (int bit = 0; bit < 8 * meaningless; bit += COPRIME_TO_8) {
            byte[] flipped = text.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(proves(flipped, proven.line(), logKey)).as("bit %d", bit).isFalse();
        }
        assertThat(proves(text, proven.line(), logKey)).isTrue();
    }

    private static boolean proves(byte[] text, byte[] line, VerifierKey logKey) {
        String read = new String(text, UTF_8);
        try {
            return read.equals(new String(read.getBytes(UTF_8), UTF_8))
                    && InclusionProof.parse(read).problem(line, logKey).isEmpty();
        } catch (MalformedSealException e) {
            return false;
        }
    }

    /** Computed: 2^26 lines are one full subtree, of which only the head is given. */
    @Test
    void shouldNeedLessThanAKilobyteForOneOf80MillionLines() {
        long lines = 80_000_000;
        List<TreeHash> heads = new ArrayList<>();
        for (int i = 0; i < Long.bitCount(lines - 1); i++) {
            heads.add(TreeHash.leaf(new byte[] {(byte) i}));
        }
        GrowingTree tree = GrowingTree.from(new TreeRange(lines - 1, heads));
        tree.watch(lines - 1);
        tree.part(new byte[] {0}, 0, 1);
        tree.endLeaf();

        assertThat(tree.path()).hasSize(Long.bitCount(lines - 1));
        int deepest = Long.SIZE - Long.numberOfLeadingZeros(lines - 1);
        assertThat(deepest * TreeHash.BYTES).isLessThan(1024);
    }
}
