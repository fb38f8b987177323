package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The seals of a log as they are, held to the lines that are there. */
record SealCheck(List<FoundSeal> seals, long lines, long sealed) {

    /** Of a log whose seals must be whole: each follows the one before, and all statements are true. */
    static SealCheck of(Path path) throws Exception {
        LogDirectory directory = LogDirectory.existing(path);
        SigningKey logKey = LogKey.read(directory);
        List<FoundSeal> seals = new ArrayList<>();
        FoundSeal before = null;
        for (SegmentName name : directory.seals()) {
            FoundSeal seal = FoundSeal.read(directory.seal(name), logKey.verifierKey());
            assertThat(seal.start().segment()).isEqualTo(name.fileName());
            if (before != null) {
                follows(before, seal);
            }
            LineTree tree = LineTree.after(seal.start().before());
            assertThat(add(directory.segment(name), tree, seal.sealed())).isTrue();
            assertThat(tree.range().root()).isEqualTo(seal.root());
            if (seal.handedOver() != null) {
                LineTree all = LineTree.after(seal.start().before());
                add(directory.segment(name), all, Long.MAX_VALUE);
                assertThat(all.size()).isEqualTo(seal.sealed());
            }
            seals.add(seal);
            before = seal;
        }
        FoundSeal last = seals.get(seals.size() - 1);
        LineTree tree = LineTree.after(last.start().before());
        for (SegmentName name : directory.segments()) {
            if (name.fileName().compareTo(last.start().segment()) >= 0) {
                add(directory.segment(name), tree, Long.MAX_VALUE);
            }
        }
        return new SealCheck(seals, tree.size(), last.sealed());
    }

    private static void follows(FoundSeal before, FoundSeal seal) {
        Succession succession =
                Objects.requireNonNull(before.handedOver(), before.start().segment());
        assertThat(succession.nextSegment()).isEqualTo(seal.start().segment());
        assertThat(succession.nextKey()).isEqualTo(seal.start().key());
        assertThat(seal.start().first()).isEqualTo(before.sealed());
        assertThat(seal.start().before().root()).isEqualTo(before.root());
    }

    private static boolean add(Path file, LineTree tree, long size) throws IOException {
        if (!Files.exists(file)) {
            return tree.size() == size;
        }
        try (SegmentLines lines = SegmentLines.open(file)) {
            return lines.addTo(tree, size);
        }
    }

    VerifierKey firstKey() {
        return seals.get(0).start().key();
    }

    long lastEpoch() {
        return seals.get(seals.size() - 1).epoch();
    }
}
