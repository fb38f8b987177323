package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
            Comparison comparison = new Comparison(directory, reference, pins(sample), List.of());
            assertThat(comparison.disagreement("intact")).isNull();
            for (Damages.Damage damage : damages.subList(0, Math.min(limit, damages.size()))) {
                write(directory, damage.changes());
                String disagreement = comparison.disagreement(damage.name());
                if (disagreement != null) {
                    disagreements.add(disagreement);
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
            for (Path anchor : anchors) {
                Comparison comparison = new Comparison(directory, reference, pins, List.of(anchor));
                String disagreement = comparison.disagreement(anchor.toString());
                if (disagreement != null) {
                    disagreements.add(disagreement);
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    /** Both verifiers, and what they are given beside the log. */
    private record Comparison(Path directory, ReferenceVerifier reference, Path pins, List<Path> anchors) {
        /** Null if both say the same. */
        @Nullable
        String disagreement(String damage) throws Exception {
            ReferenceVerifier.Answer expected = reference.verify(directory, pins, anchors);
            Verification found = product();
            return expected.verdict().equals(name(found.verdict())) || isLeftOpen(damage, expected, found)
                    ? null
                    : "%n%s: the reference says %s%n    the product %s".formatted(damage, expected.json(), found);
        }

        /** Where the two may differ. In none of these does one take for sealed what the other shows to be changed. */
        private static boolean isLeftOpen(String damage, ReferenceVerifier.Answer expected, Verification found) {
            // What ends no statement proves nothing. The reference wants it to be the beginning of one, letter by
            // letter.
            boolean isBehindStatements =
                    found.isPass() && expected.json().contains("neither a statement nor the beginning of one");
            // What is kept of a seal that is still there does not count. The product looks at it all the same.
            boolean isKeptTwice = damage.startsWith("pruned.seal") && expected.isPass();
            // A damaged first statement: a bad seal to the one, and none to the other.
            boolean isFirstStatement = expected.verdict().equals("tampered") && found.verdict() == Verdict.SEAL_MISSING;
            return isBehindStatements || isKeptTwice || isFirstStatement;
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

    /** Checkpoints of each size that some seal of the log states, of all its lines, of more, and of others. */
    private List<Path> anchors(SealedSample sample) throws Exception {
        List<Path> anchors = new ArrayList<>();
        try (Stream<Path> seals = Files.list(sample.directory())) {
            for (Path seal : seals.filter(file -> file.toString().endsWith(".seal"))
                    .sorted()
                    .toList()) {
                anchors.addAll(checkpoints(seal, anchors.size()));
            }
        }
        anchors.add(anchor(SignedStatement.written(sample.checkpointNote()), anchors.size()));
        sample.line("{\"n\":0}");
        anchors.add(anchor(SignedStatement.written(sample.checkpointNote()), anchors.size()));
        // The same keys, and another past.
        SealedSample other = SealedSample.in(scratch.resolve("other"));
        for (int i = 0; i < 20; i++) {
            other.line("{\"other\":0}");
            anchors.add(anchor(SignedStatement.written(other.checkpointNote()), anchors.size()));
        }
        return anchors;
    }

    private List<Path> checkpoints(Path seal, int before) throws Exception {
        List<Path> anchors = new ArrayList<>();
        String[] parts = Files.readString(seal, UTF_8).split("\n\n", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            if (parts[i].startsWith(SealedSample.ORIGIN)) {
                anchors.add(anchor(parts[i] + "\n\n" + parts[i + 1] + "\n", before + anchors.size()));
            }
        }
        return anchors;
    }

    private Path anchor(String note, int number) throws IOException {
        String single = note.endsWith("\n\n") ? note.substring(0, note.length() - 1) : note;
        return Files.writeString(scratch.resolve("anchor-" + number), single);
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
