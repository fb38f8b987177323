package dev.affidavit.testkit.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.WitnessKey;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessState;
import dev.affidavit.testkit.witness.FakeWitness.Mood;
import dev.affidavit.verify.Rule;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of witnesses against a strict fake of one, with logs of the product. */
@Timeout(180)
final class WitnessingTest {
    @TempDir
    private Path temporary;

    private FakeWitness witness;

    private Path directory() {
        return temporary.resolve("log");
    }

    private Path kept() throws Exception {
        return directory()
                .resolve(".affidavit/witness/" + WitnessKey.parse(witness.key()).idInHex() + ".checkpoint");
    }

    @BeforeEach
    void start() throws IOException {
        witness = FakeWitness.start("witness.example.com/w1");
    }

    @AfterEach
    void shouldHaveKeptToTheSpecification() {
        witness.close();
        assertThat(witness.faults()).isEmpty();
    }

    private WitnessedLog openTrusted() throws Exception {
        WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness);
        witness.trust(log.logKey());
        return log;
    }

    private static List<WitnessState> told(WitnessedLog log) {
        return log.changes().stream().map(WitnessChange::to).toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void shouldHaveEachCheckpointCosignedAndKeepTheNewest() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            long size = 0;
            for (int i = 0; i < 6; i++) {
                size = log.fillFile();
                log.awaitCosigned(size);
            }

            assertThat(witness.size(log.origin())).isEqualTo(size);
            assertThat(witness.requests()).hasSize(6);
            assertThat(witness.requests().get(5).proof()).isNotEmpty();
            assertThat(log.statistics().state()).isEqualTo(WitnessState.COSIGNING);
            assertThat(log.statistics().failures()).isZero();
            assertThat(log.changes()).isEmpty();
            Verification verification = log.verified(witness);
            assertThat(verification.findings())
                    .extracting(finding -> finding.rule())
                    .doesNotContain(Rule.COSIGNED);
            assertThat(verification.witnessed()).singleElement().satisfies(seen -> {
                assertThat(seen.witness()).hasToString(witness.key());
                assertThat(seen.time()).isEqualTo(log.statistics().cosignedAt());
            });
            assertThat(verification.witnessed().get(0).size()).isEqualTo(size);
        }
        assertThat(Files.readString(kept()))
                .contains("— witness.example.com/w1 ")
                .doesNotContain("another.example");
    }

    @Test
    void shouldGoOnAfterARestart() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
        }
        int asked = witness.requests().size();
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            log.awaitCosigned(log.fillFile());
        }

        assertThat(witness.requests()).hasSize(asked + 1);
        assertThat(witness.requests().get(asked).oldSize()).isPositive();
    }

    @Test
    void shouldAskTheWitnessWhatItSawIfThatWasLost() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
            log.awaitCosigned(log.fillFile());
        }
        Files.delete(kept());
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            log.awaitCosigned(log.fillFile());
            assertThat(log.changes()).isEmpty();
        }

        assertThat(witness.requests())
                .extracting(AddCheckpoint::oldSize)
                .startsWith(0L)
                .element(2)
                .isEqualTo(0L);
    }

    @Test
    void shouldGoOnWithAWitnessThatForgot() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
            witness.forget();
            long size = log.fillFile();
            log.awaitCosigned(size);

            assertThat(witness.size(log.origin())).isEqualTo(size);
        }
    }

    @Test
    void shouldSayThatTheWitnessDoesNotKnowTheLogAndGoOnOnceItDoes() throws Exception {
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            long size = log.fillFile();
            log.awaitState(WitnessState.REFUSED);
            assertThat(log.statistics().lastError()).contains("404", log.origin(), "Give its operator the log key");
            assertThat(kept()).doesNotExist();

            witness.trust(log.logKey());
            log.awaitCosigned(size);

            assertThat(told(log)).containsExactly(WitnessState.REFUSED, WitnessState.COSIGNING);
        }
    }

    @Test
    void shouldSayThatTheWitnessKnowsAnotherKeyOfTheLog() throws Exception {
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            witness.trust(Keys.text(
                    log.origin(), Keys.NOTE, Keys.bytes(Keys.generate().getPublic())));
            log.fillFile();
            log.awaitState(WitnessState.REFUSED);

            assertThat(log.statistics().lastError()).contains("403");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FORGING", "DISGUISED", "REDIRECTING"})
    void shouldKeepNothingThatTheWitnessDidNotSign(Mood mood) throws Exception {
        witness.mood(mood);
        try (WitnessedLog log = openTrusted()) {
            long size = log.fillFile();
            log.awaitState(WitnessState.REFUSED);
            assertThat(kept()).doesNotExist();
            assertThat(log.statistics().cosigned()).isZero();

            witness.mood(Mood.HONEST);
            log.awaitCosigned(size);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "HANGING", "TALKATIVE"})
    void shouldTryAWitnessAgainThatCannotAnswerNow(Mood mood) throws Exception {
        witness.mood(mood);
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(Duration.ofMillis(300), witness)) {
            witness.trust(log.logKey());
            log.fillFile();
            log.await("two tries fail", () -> log.statistics().failures() >= 2);
            log.awaitState(WitnessState.RETRYING);
            long size = log.fillFile();
            witness.mood(Mood.HONEST);
            log.awaitCosigned(size);

            // In between, one that ends what it said without an end has answered, and signed nothing.
            assertThat(told(log)).startsWith(WitnessState.RETRYING).endsWith(WitnessState.COSIGNING);
        }
    }

    @Test
    void shouldNotWaitForOneWitnessToAskAnother() throws Exception {
        try (FakeWitness other = FakeWitness.start("other.example.com/w");
                WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness, other)) {
            witness.mood(Mood.HANGING);
            witness.trust(log.logKey());
            other.trust(log.logKey());
            long size = log.fillFile();

            log.await("the other witness cosigns", () -> other.size(log.origin()) == size);
        }
    }

    @Test
    void shouldProveWhatTheWitnessMissedThoughTheFilesArePruned() throws Exception {
        try (WitnessedLog log = WitnessedLog.open(directory(), 2).cosignedBy(witness)) {
            witness.trust(log.logKey());
            long first = log.fillFile();
            log.awaitCosigned(first);
            witness.stop();
            long size = first;
            for (int i = 0; i < 5; i++) {
                size = log.fillFile();
                // Read before the next file makes retention remove it: one try may have been under way before, not two.
                long tried = log.statistics().failures() + 2;
                log.await("it is tried", () -> log.statistics().failures() >= tried);
            }
            log.await("files are pruned", () -> pruned(log));
            witness.start();
            log.awaitCosigned(size);

            assertThat(witness.requests().get(witness.requests().size() - 1).oldSize())
                    .isEqualTo(first);
        }
    }

    private static boolean pruned(WitnessedLog log) {
        try {
            return log.files() <= 2;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayThatWhatWasPrunedCannotBeProven() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
        }
        try (WitnessedLog log = WitnessedLog.open(directory(), 2)) {
            for (int i = 0; i < 4; i++) {
                log.fillFile();
            }
            log.await("files are pruned", () -> pruned(log));
            log.cosignedBy(witness);
            log.fillFile();
            log.awaitState(WitnessState.UNPROVABLE);

            assertThat(log.statistics().lastError()).contains("pruned");
            witness.forget();
            log.awaitState(WitnessState.COSIGNING);
        }
    }

    @Test
    void shouldFindThatTheLogWasRolledBack() throws Exception {
        Path snapshot = temporary.resolve("snapshot");
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
        }
        copy(directory(), snapshot);
        long seen;
        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            log.fillFile();
            log.fillFile();
            seen = log.fillFile();
            log.awaitCosigned(seen);
        }
        delete(directory());
        copy(snapshot, directory());

        try (WitnessedLog log = WitnessedLog.open(directory()).cosignedBy(witness)) {
            log.fillFile();
            log.awaitState(WitnessState.DISAGREES);
            assertThat(log.statistics().lastError()).contains("it has cosigned " + seen + " lines", "rolled back");
            long size;
            do { // beyond what the witness saw: now only the proof tells
                size = log.fillFile();
            } while (size <= seen);
            log.await(
                    "the proof is refused",
                    () -> String.valueOf(log.statistics().lastError()).contains("are not the first ones here"));

            assertThat(told(log)).containsExactly(WitnessState.DISAGREES);
            assertThat(witness.size(log.origin())).isEqualTo(seen);
        }
    }

    @Test
    void shouldMakeTheProofAgainBeforeItSaysThatTheLogIsAnother() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
            witness.mood(Mood.DISBELIEVING);
            int asked = witness.requests().size();
            long size = log.fillFile();
            log.awaitState(WitnessState.DISAGREES);
            assertThat(witness.requests().size()).isGreaterThanOrEqualTo(asked + 2);

            witness.mood(Mood.HONEST);
            log.awaitCosigned(size);
            assertThat(told(log)).containsExactly(WitnessState.DISAGREES, WitnessState.COSIGNING);
        }
    }

    @Test
    void shouldProveNothingOfLinesThatWereChanged() throws Exception {
        try (WitnessedLog log = openTrusted()) {
            log.awaitCosigned(log.fillFile());
            witness.mood(Mood.HANGING);
        }
        witness.mood(Mood.HONEST);
        try (WitnessedLog log = WitnessedLog.open(directory())) {
            long before = log.fillFile();
            assertThat(before).isPositive();
            Path second;
            try (Stream<Path> files = Files.list(directory())) {
                second = files.filter(file -> file.toString().endsWith(".log"))
                        .sorted()
                        .skip(1)
                        .findFirst()
                        .orElseThrow();
            }
            Files.writeString(second, Files.readString(second).replaceFirst("line", "lime"));
            log.cosignedBy(witness);
            log.fillFile();
            log.awaitState(WitnessState.UNPROVABLE);

            assertThat(log.statistics().lastError()).contains("verify the log");
        }
    }
}
