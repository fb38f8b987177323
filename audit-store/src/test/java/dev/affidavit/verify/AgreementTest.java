package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.SignedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The product's verifier says of each log what the one says that was written from the document: of the logs as writers leave
 * them, and after one damage or another to their files.
 */
class AgreementTest {
    private static final int FLIPS = 24;

    /** Of each log, as long as the campaign does not run. */
    private static final int FEW = 8;

    /** Of the damages, since each comparison takes its time: an anchor seldom makes a difference. */
    private static final int ONE_ANCHORED_IN = 4;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void requirePython() throws Exception {
        ReferenceVerifier.requirePython();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(300)
    void shouldSayOfSomeDamagesWhatTheReferenceSays(SampleLog log) throws Exception {
        compare(log, FEW);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("campaign")
    @Timeout(1800)
    void shouldSayOfAllDamagesWhatTheReferenceSays(SampleLog log) throws Exception {
        compare(log, Integer.MAX_VALUE);
    }

    private void compare(SampleLog log, int limit) throws Exception {
        Path directory = scratch.resolve("log");
        SealedSample sample = log.write(directory);
        Map<String, byte[]> files = read(directory);
        List<Damages.Damage> damages = Damages.of(files, FLIPS, log.name().hashCode());
        Collections.shuffle(damages, new Random(log.name().hashCode()));
        List<String> disagreements = new ArrayList<>();
        try (ReferenceVerifier reference = ReferenceVerifier.start()) {
            Path pins = pins(sample);
            Comparison alone = new Comparison(directory, reference, pins, List.of());
            Comparison anchored = new Comparison(directory, reference, pins, List.of(newest(sample)));
            disagreements.addAll(alone.disagreement("intact"));
            int tried = 0;
            for (Damages.Damage damage : damages.subList(0, Math.min(limit, damages.size()))) {
                write(directory, damage.changes());
                disagreements.addAll(alone.disagreement(damage.name()));
                if (tried++ % ONE_ANCHORED_IN == 0) {
                    disagreements.addAll(anchored.disagreement(damage.name() + ", with an anchor"));
                }
                for (String file : damage.changes().keySet()) {
                    restore(directory, file, files.get(file));
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("campaign")
    @Timeout(600)
    void shouldSayOfAnchorsWhatTheReferenceSays(SampleLog log) throws Exception {
        Path directory = scratch.resolve("log");
        SealedSample sample = log.write(directory);
        Path pins = pins(sample);
        List<Path> anchors = anchors(sample);
        List<String> disagreements = new ArrayList<>();
        try (ReferenceVerifier reference = ReferenceVerifier.start()) {
            disagreements.addAll(disagreements(directory, reference, pins, anchors));
            sample.line("{\"n\":0}");
            anchors.add(newest(sample));
            disagreements.addAll(disagreements(directory, reference, pins, anchors));
            Path others = scratch.resolve("empty");
            Files.createDirectory(others);
            disagreements.addAll(disagreements(others, reference, pins, anchors));
        }
        assertThat(disagreements).isEmpty();
    }

    private static List<String> disagreements(
            Path directory, ReferenceVerifier reference, Path pins, List<Path> anchors) throws Exception {
        List<String> disagreements = new ArrayList<>();
        for (Path anchor : anchors) {
            Comparison comparison = new Comparison(directory, reference, pins, List.of(anchor));
            disagreements.addAll(comparison.disagreement(anchor.toString()));
        }
        return disagreements;
    }

    /** Both verifiers, and what they are given beside the log. */
    private record Comparison(Path directory, ReferenceVerifier reference, Path pins, List<Path> anchors) {
        /** None if both say the same. */
        List<String> disagreement(String what) throws Exception {
            ReferenceVerifier.Answer expected = reference.verify(directory, pins, anchors);
            Verification found = product();
            return expected.verdict().equals(name(found.verdict()))
                    ? List.of()
                    : List.of(
                            "%n%s: the reference says %s%n    the product %s".formatted(what, expected.json(), found));
        }

        private Verification product() throws Exception {
            Anchors.Builder known = Anchors.builder();
            for (Path anchor : anchors) {
                known.checkpoint(Files.readString(anchor));
            }
            return LogVerifier.of(directory)
                    .pinned(Pins.read(pins))
                    .against(known.build())
                    .threads(1)
                    .verify();
        }
    }

    private static String name(Verdict verdict) {
        return verdict == Verdict.UNSEALED_TAIL
                ? "tail"
                : verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Path pins(SealedSample sample) throws IOException {
        String keys = "%s%n%s%n".formatted(sample.logKey().verifierKey(), sample.firstEpochKey());
        return Files.writeString(scratch.resolve("pins"), keys);
    }

    private Path newest(SealedSample sample) throws IOException {
        return anchor(sample, "newest-" + sample.size());
    }

    private Path anchor(SealedSample sample, String name) throws IOException {
        return Files.writeString(scratch.resolve(name), sample.checkpointNote().toString());
    }

    /** Checkpoints of each size that some seal of the log states, of all its lines, and of others. */
    private List<Path> anchors(SealedSample sample) throws Exception {
        List<Path> anchors = new ArrayList<>();
        try (Stream<Path> seals = Files.list(sample.directory())) {
            for (Path seal : seals.filter(file -> file.toString().endsWith(".seal"))
                    .sorted()
                    .toList()) {
                anchors.addAll(checkpoints(seal));
            }
        }
        anchors.add(newest(sample));
        // The same keys, and another past.
        SealedSample other = SealedSample.in(scratch.resolve("other"));
        for (int i = 0; i < 20; i++) {
            other.line("{\"other\":0}");
            anchors.add(anchor(other, "other-" + i));
        }
        return anchors;
    }

    private List<Path> checkpoints(Path seal) throws Exception {
        List<Path> anchors = new ArrayList<>();
        for (SignedStatement statement : SealedSample.read(Files.readAllBytes(seal))) {
            if (statement.statement() instanceof Checkpoint) {
                String name = seal.getFileName() + "-" + statement.offset();
                anchors.add(Files.writeString(
                        scratch.resolve(name), statement.note().toString()));
            }
        }
        return anchors;
    }

    private static Map<String, byte[]> read(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void write(Path directory, Map<String, byte @Nullable []> changes) throws IOException {
        for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
            restore(directory, change.getKey(), change.getValue());
        }
    }

    private static void restore(Path directory, String file, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            Files.deleteIfExists(directory.resolve(file));
        } else {
            Files.write(directory.resolve(file), bytes);
        }
    }
}
