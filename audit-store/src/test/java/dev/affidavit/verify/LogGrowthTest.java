package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.seal.TreeHash;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogGrowthTest {
    @TempDir
    Path directory;

    private static List<TreeHash> leaves(SealedSample sample) {
        List<TreeHash> leaves = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            leaves.add(TreeHash.leaf(sample.lineAt(i)));
        }
        return leaves;
    }

    /** RFC 6962, section 2.1.2, to the letter. */
    private static List<TreeHash> proof(int old, List<TreeHash> leaves) {
        return old == 0 || old == leaves.size() ? List.of() : subProof(old, leaves, true);
    }

    private static List<TreeHash> subProof(int old, List<TreeHash> leaves, boolean known) {
        int size = leaves.size();
        if (old == size) {
            return known ? List.of() : List.of(SealedSample.head(leaves));
        }
        int split = Integer.highestOneBit(size - 1);
        List<TreeHash> left = leaves.subList(0, split);
        List<TreeHash> right = leaves.subList(split, size);
        List<TreeHash> proof =
                new ArrayList<>(old <= split ? subProof(old, left, known) : subProof(old - split, right, false));
        proof.add(SealedSample.head(old <= split ? right : left));
        return proof;
    }

    private SealedSample logOfManyFiles(int files, int linesEach) throws Exception {
        SealedSample sample = SealedSample.in(directory);
        for (int i = 1; i < files; i++) {
            sample.lines(linesEach).rotate();
        }
        return sample.lines(linesEach).checkpoint();
    }

    @Test
    void shouldProveFromEachSizeToEachOther() throws Exception {
        List<TreeHash> leaves = leaves(logOfManyFiles(5, 7));
        for (int old = 0; old <= leaves.size(); old++) {
            for (int size = Math.max(1, old); size <= leaves.size(); size++) {
                LogGrowth growth = LogGrowth.behind(directory, old);
                growth.leadTo(size);

                assertThat(growth.consistencyProof())
                        .as("from %d to %d", old, size)
                        .isEqualTo(proof(old, leaves.subList(0, size)));
                assertThat(growth.root()).isEqualTo(SealedSample.head(leaves.subList(0, size)));
                assertThat(growth.oldSize()).isEqualTo(old);
                assertThat(growth.size()).isEqualTo(size);
            }
        }
    }

    /** In steps of all lengths, the files behind it gone: what was read once is not needed again. */
    @Test
    void shouldBeLedOnWhileTheFilesBehindItArePruned() throws Exception {
        SealedSample sample = logOfManyFiles(6, 6);
        List<TreeHash> leaves = leaves(sample);
        for (int old = 1; old < 12; old++) {
            LogGrowth growth = LogGrowth.behind(directory, old);
            for (int size = old; size <= leaves.size(); size += 1 + size % 4) {
                growth.leadTo(size);
                assertThat(growth.consistencyProof()).isEqualTo(proof(old, leaves.subList(0, size)));
            }
        }
        LogGrowth growth = LogGrowth.behind(directory, 5);
        growth.leadTo(20);
        sample.prune().prune().prune();
        growth.leadTo(34);

        assertThat(growth.consistencyProof()).isEqualTo(proof(5, leaves.subList(0, 34)));
        assertThatThrownBy(() -> LogGrowth.behind(directory, 5))
                .isInstanceOf(NoProofException.class)
                .hasMessageContaining("pruned");
    }

    @Test
    void shouldGoOnFromWhereItIs() throws Exception {
        List<TreeHash> leaves = leaves(logOfManyFiles(4, 7));
        for (int old = 1; old < leaves.size(); old++) {
            LogGrowth before = LogGrowth.behind(directory, 1);
            before.leadTo(old);
            LogGrowth growth = before.goneOnFrom();
            growth.leadTo(leaves.size());

            assertThat(growth.consistencyProof()).isEqualTo(proof(old, leaves));
            growth.require(SealedSample.head(leaves));
            assertThatThrownBy(() -> growth.require(TreeHash.EMPTY)).isInstanceOf(NoProofException.class);
        }
        assertThatThrownBy(() -> LogGrowth.behind(directory, 0).goneOnFrom()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStopReadingIfItsThreadIsInterrupted() throws Exception {
        logOfManyFiles(2, 8);
        LogGrowth growth = LogGrowth.behind(directory, 3);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> growth.leadTo(15)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldProveNothingOfLinesThatAreOthersNow() throws Exception {
        SealedSample sample = logOfManyFiles(2, 8);
        LogGrowth growth = LogGrowth.behind(directory, 9);
        growth.leadTo(12);
        Path last = sample.segment(1);
        Files.writeString(last, Files.readString(last).replace("\"n\":10,", "\"n\":11,"));

        assertThatThrownBy(() -> growth.leadTo(15))
                .isInstanceOf(NoProofException.class)
                .hasMessageContaining("the first 12 lines are not those");
        assertThatThrownBy(() -> LogGrowth.behind(directory, 9).leadTo(17))
                .isInstanceOf(NoProofException.class)
                .hasMessageContaining("expected 17 lines, found 16");
    }
}
