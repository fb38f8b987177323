package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.TestWitness;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.verify.Anchors;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on a real log by who has the host: what is found, with which evidence in hand, is what the document says. */
@Timeout(300)
final class AttackTest {
    static final String ORIGIN = "payments.example.com/audit";

    private static final Path DOCUMENT = Path.of("..", "docs", "tamper-evidence.md");
    private static final int LINES = 97;
    /** Long, since the clock is moved while something is waited for; and shorter than an epoch. */
    private static final Duration ANCHOR_INTERVAL = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    /** What is off the host. */
    private final List<String> checkpoints = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundAsTheDocumentSays(Attack attack) throws Exception {
        Path directory = temporary.resolve("log");
        Path snapshot = temporary.resolve("snapshot");
        writeLog(directory, snapshot);
        List<String> events = Files.readAllLines(LogFiles.only(directory));
        VerifierKey logKey = LogKey.read(LogDirectory.existing(directory)).verifierKey();
        Pins pins = new Pins(List.of(logKey, firstKey(directory)));

        attack.on(new Attacker(directory), snapshot);

        Anchors.Builder checkpoint = Anchors.builder();
        checkpoint.checkpoint(checkpoints.get(checkpoints.size() - 1));
        TestWitness witness = new TestWitness();
        Anchors.Builder cosigned = Anchors.builder();
        cosigned.checkpoint(witness.cosign(SignedNote.parse(checkpoints.get(checkpoints.size() - 1)), Instant.EPOCH)
                .toString());
        Anchors.Builder event = Anchors.builder();
        events.forEach(line -> event.event(line.getBytes(StandardCharsets.UTF_8)));
        LogVerifier pinned = LogVerifier.of(directory).pinned(pins);
        List<String> row = List.of(
                attack.called(),
                // Without pins, "whose key is this" is the one thing that is always open.
                found(LogVerifier.of(directory).pinned(pinsOf(directory))),
                found(pinned),
                found(pinned.against(checkpoint.build())),
                found(pinned.against(cosigned.build()).witnessedBy(List.of(witness.key()))),
                found(pinned.against(event.build())));
        assertThat(documented()).as(() -> findings(directory)).contains("| " + String.join(" | ", row) + " |");
    }

    @Test
    void shouldFindNothingIfNobodyAttacks() throws Exception {
        Path directory = temporary.resolve("log");
        writeLog(directory, temporary.resolve("snapshot"));
        Anchors.Builder all = Anchors.builder().checkpoint(checkpoints.get(checkpoints.size() - 1));
        Files.readAllLines(LogFiles.only(directory)).forEach(line -> all.event(line.getBytes(StandardCharsets.UTF_8)));

        assertThat(LogVerifier.of(directory)
                        .pinned(pinsOf(directory))
                        .against(all.build())
                        .verify()
                        .verdict())
                .isEqualTo(Verdict.UNSEALED_TAIL);
    }

    @Test
    void shouldBeAllThatTheDocumentLists() throws IOException {
        assertThat(documented()).hasSize(Attack.values().length);
    }

    private static String findings(Path directory) {
        try {
            return LogVerifier.of(directory).verify().findings().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String found(LogVerifier verifier) throws IOException {
        Verdict verdict = verifier.verify().verdict();
        return verdict.isPass()
                ? "no"
                : "**" + verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "**";
    }

    private static List<String> documented() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int head = lines.indexOf(
                "| attack | files only | + pins | + a checkpoint in the SIEM | + one that a witness cosigned | + events in the SIEM |");
        assertThat(head).isPositive();
        return lines.subList(head + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("| "))
                .toList();
    }

    private static Pins pinsOf(Path directory) throws IOException {
        return new Pins(List.of(LogKey.read(LogDirectory.existing(directory)).verifierKey(), firstKey(directory)));
    }

    private static VerifierKey firstKey(Path directory) throws IOException {
        VerifierKey first = LogVerifier.of(directory).verify().firstEpochKey();
        assertThat(first).isNotNull();
        return Objects.requireNonNull(first);
    }

    /** With checkpoints at each ten lines, of which the last but one went to the SIEM. */
    private void writeLog(Path directory, Path snapshot) throws Exception {
        TestLog log = new TestLog(directory);
        LogOptions options = log.options()
                .seal(new SealOptions(ORIGIN, Duration.ofMillis(1), ANCHOR_INTERVAL))
                .build();
        write(log, options, 0, 40, 40);
        write(log, options, 40, 70, 70);
        Attacker.copy(directory, snapshot);
        Path killed = temporary.resolve("killed");
        try (LogWriter writer = log.open(options)) {
            append(writer, 70, 80);
            awaitSealed(log, writer, 80);
            append(writer, 80, 85);
            awaitSealed(log, writer, 85);
            append(writer, 85, 90);
            awaitSealed(log, writer, 90);
            log.clock.pass(ANCHOR_INTERVAL);
            Threads.await("a checkpoint goes to the SIEM", () -> {
                writer.reconfigure(options); // the thread looks at the clock
                return isAnchored(log);
            });
            append(writer, 90, LINES);
            Attacker.copy(directory, killed);
        }
        log.listener.anchors.stream()
                .filter(anchor -> anchor.contains("\n90\n"))
                .forEach(checkpoints::add);
        new Attacker(directory).putBack(killed);
    }

    private static boolean isAnchored(TestLog log) {
        return log.listener.anchors.stream().anyMatch(anchor -> anchor.contains("\n90\n"));
    }

    private static void write(TestLog log, LogOptions options, int from, int to, int sealed) {
        try (LogWriter writer = log.open(options)) {
            append(writer, from, to);
            awaitSealed(log, writer, sealed);
        }
    }

    private static void append(LogWriter writer, int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> writer.append(TextLine.of("line %d of %d".formatted(i, LINES)), Durability.WRITTEN));
    }

    private static void awaitSealed(TestLog log, LogWriter writer, long lines) {
        Threads.await("all is sealed", () -> {
            log.clock.pass(Duration.ofMillis(1)); // never so often that an epoch ends
            writer.sync();
            SealStatistics seal = writer.statistics().seal();
            return seal != null && seal.sealed() >= lines;
        });
    }
}
