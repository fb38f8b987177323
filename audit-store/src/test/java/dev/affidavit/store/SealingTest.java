package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that seals itself. */
@Timeout(300)
final class SealingTest {
    private static final String ORIGIN = "payments.example.com/audit";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestLog log;

    @BeforeEach
    void name() {
        directory = temporary.resolve("log");
        log = new TestLog(directory);
    }

    private LogOptions.Builder options() {
        return log.options()
                .forceAfterLines(1)
                .seal(new SealOptions(ORIGIN, Duration.ofMillis(1), Duration.ofHours(1)));
    }

    private LogWriter open() {
        return log.open(options().build());
    }

    private LogWriter openSmall() {
        return log.open(options().maxSegmentBytes(64).build());
    }

    private static void append(LogWriter writer, int from, int to) {
        for (int i = from; i < to; i++) {
            writer.append(TextLine.of("line " + i), Durability.WRITTEN);
        }
    }

    /** The log as it would be if the process were killed now. */
    private Path killed(String name) throws IOException {
        Path copy = temporary.resolve(name);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(directory.relativize(file).toString()));
            }
        }
        return copy;
    }

    @Test
    void shouldSealAllLinesWhenItIsClosed() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 10);
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.lines()).isEqualTo(10);
        assertThat(check.sealed()).isEqualTo(10);
        assertThat(check.seals()).hasSize(1);
        assertThat(check.seals().get(0).start().first()).isZero();
        assertThat(check.seals().get(0).start().epoch()).isEqualTo(1);
    }

    /** All may be on the device before the thread that seals has heard that another segment was begun. */
    @Test
    void shouldSealASegmentThatIsFullThoughNobodyForcesAgain() {
        LogOptions lazy = options()
                .forceAfterLines(Integer.MAX_VALUE)
                .maxSegmentBytes(1)
                .seal(new SealOptions(ORIGIN, Duration.ofHours(1), Duration.ofHours(1)))
                .build();
        try (LogWriter writer = log.open(lazy)) {
            for (int lines = 1; lines <= 20; lines++) {
                writer.append(TextLine.of("line " + lines), Durability.SYNCED);
                long sealed = lines;
                Threads.await(sealed + " lines are sealed", () -> sealed(writer) >= sealed);
            }
        }
    }

    /** It asks for a mark while one before it is on its way; the checkpoint of that one must not take this for done. */
    @Test
    void shouldSealASegmentThatIsFullWhileItsFirstLinesAreForced() throws Exception {
        LogOptions lazy = options()
                .forceAfterLines(Integer.MAX_VALUE)
                .maxSegmentBytes(15)
                .seal(new SealOptions(ORIGIN, Duration.ofHours(1), Duration.ofHours(1)))
                .build();
        try (LogWriter writer = log.open(lazy)) {
            log.disk.holdForces();
            FutureTask<Void> first = Threads.synced(writer, "line 1");
            log.disk.awaitHeldForce();
            append(writer, 2, 4);
            log.disk.releaseForces();
            Threads.get(first);
            Threads.await("the first line is sealed", () -> sealed(writer) >= 1);

            writer.sync();

            Threads.await("the full segment is sealed", () -> sealed(writer) >= 2);
        }
    }

    private static long sealed(LogWriter writer) {
        return Objects.requireNonNull(writer.statistics().seal()).sealed();
    }

    @AfterEach
    void findNoDamageButWhereThereIsSome() throws IOException {
        boolean damaged = !log.listener.tamperings.isEmpty()
                || LogDirectory.existing(directory).seals().stream().anyMatch(this::isBroken);
        if (!damaged && Files.exists(LogKey.file(LogDirectory.existing(directory)))) {
            SealedCrash.checkOpened(directory, options().build());
        }
    }

    private boolean isBroken(SegmentName seal) {
        try {
            return Files.readString(LogDirectory.existing(directory).seal(seal)).contains("\nbreak ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldBeginTheSealBeforeTheFirstLine() throws Exception {
        try (LogWriter writer = open()) {
            SealCheck check = SealCheck.of(killed("killed"));

            assertThat(check.seals()).hasSize(1);
            assertThat(check.sealed()).isZero();
            assertThat(writer.written()).isZero();
        }
    }

    @Test
    void shouldSealWhileItIsOpenWhatIsOnTheDevice() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 5);
            log.awaitSealed(writer, 5);

            SealCheck check = SealCheck.of(killed("killed"));

            assertThat(check.sealed()).isEqualTo(5);
        }
    }

    @Test
    void shouldHandOverFromSegmentToSegment() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 100);
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.seals()).hasSizeGreaterThan(10);
        assertThat(check.sealed()).isEqualTo(100);
        assertThat(check.lastEpoch()).isEqualTo(check.seals().size());
    }

    @Test
    void shouldGoOnAfterARestart() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 7);
        }
        try (LogWriter writer = openSmall()) {
            append(writer, 7, 20);
        }
        try (LogWriter writer = openSmall()) {
            append(writer, 20, 21);
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.lines()).isEqualTo(21);
        assertThat(check.sealed()).isEqualTo(21);
        assertThat(log.listener.warnings).isEmpty();
        assertThat(log.listener.tamperings).isEmpty();
    }

    @Test
    void shouldTakeOverWhatAKilledWriterLeftUnsealed() throws Exception {
        LogWriter writer = log.open(
                options().maxSegmentBytes(64).forceAfterLines(Integer.MAX_VALUE).build());
        append(writer, 0, 30);
        Path killed = killed("killed");
        writer.close();
        assertThat(SealCheck.of(killed).sealed()).isLessThan(30);

        TestLog again = new TestLog(killed);
        try (LogWriter second = again.open(LogOptions.in(killed)
                .diskWarningBytes(0)
                .maxSegmentBytes(64)
                .seal(SealOptions.of(ORIGIN))
                .build())) {
            append(second, 30, 40);
        }

        SealCheck check = SealCheck.of(killed);
        assertThat(check.lines()).isEqualTo(40);
        assertThat(check.sealed()).isEqualTo(40);
        assertThat(again.listener.tamperings).isEmpty();
    }

    /** What a killed writer stated need not be on the device: it goes there before a key goes that could state it again. */
    @Test
    void shouldForceTheLastSealBeforeItBeginsAnEpoch() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 10);
        }

        log = new TestLog(directory);
        open().close();

        assertThat(doneBeforeTheNextEpoch())
                .contains("FORCE " + sealFromTheEnd(0).getFileName());
    }

    @Test
    void shouldForceAHandOverBeforeItBeginsAnotherEpoch() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 20);
        }
        Path handedTo = sealFromTheEnd(0);
        try (SealReader seal = SealReader.of(Files.newInputStream(handedTo))) {
            long begun = Objects.requireNonNull(seal.next()).end();
            try (FileChannel file = FileChannel.open(handedTo, StandardOpenOption.WRITE)) {
                file.truncate(begun);
            }
        }
        String handedOver = sealFromTheEnd(1).getFileName().toString();

        log = new TestLog(directory);
        openSmall().close();

        assertThat(doneBeforeTheNextEpoch()).contains("FORCE " + handedOver, "FORCE " + handedTo.getFileName());
    }

    private Path sealFromTheEnd(int place) throws IOException {
        LogDirectory existing = LogDirectory.existing(directory);
        List<SegmentName> seals = existing.seals();
        return existing.seal(seals.get(seals.size() - 1 - place));
    }

    private List<String> doneBeforeTheNextEpoch() {
        return log.disk.journal().stream()
                .takeWhile(step -> !step.equals("OVERWRITE epoch.keys"))
                .toList();
    }

    @Test
    void shouldBeginAnEpochWhenOneHasLastedLongEnough() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 1);
            log.awaitSealed(writer, 1);
            log.clock.pass(Duration.ofMinutes(10));
            append(writer, 1, 2);
            log.awaitSealed(writer, 2);

            Threads.await("another epoch begins", () -> {
                SealStatistics seal = writer.statistics().seal();
                writer.append(TextLine.of("more"), Durability.SYNCED);
                log.clock.pass(Duration.ofMillis(1));
                return seal != null && seal.epoch() == 2;
            });
        }
        assertThat(SealCheck.of(directory).lastEpoch()).isEqualTo(2);
    }

    @Test
    void shouldKeepNoKeyOfAnEpochThatHasEnded() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 50);
        }

        long epoch = SealCheck.of(directory).lastEpoch();
        EpochKeys keys = EpochKeys.in(LogDirectory.existing(directory), log.disk);
        assertThat(keys.find(epoch)).isNotNull();
        assertThat(keys.find(epoch - 1)).isNull();
        assertThat(new String(
                        Files.readAllBytes(directory.resolve(".affidavit/seal/epoch.keys")),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .containsOnlyOnce("PRIVATE+KEY+");
    }

    @Test
    void shouldGiveTheLastCheckpointOfEachSegmentToBeAnchored() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 12);
            log.awaitSealed(writer, 12);
            Threads.await("the anchors are told", () -> !log.listener.anchors.isEmpty());
        }

        for (String anchor : log.listener.anchors) {
            SignedNote note = SignedNote.parse(anchor);
            assertThat(Statement.parse(note.text())).isInstanceOf(Checkpoint.class);
            assertThat(note.isSignedBy(
                            LogKey.read(LogDirectory.existing(directory)).verifierKey()))
                    .isTrue();
        }
    }

    @Test
    void shouldGoOnInAnotherSegmentIfTheLinesAreNotThoseThatWereSealed() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 7);
        }
        Path first = LogFiles.only(directory);
        byte[] before = Files.readAllBytes(first);
        before[3] ^= 1;
        Files.write(first, before);

        try (LogWriter writer = open()) {
            append(writer, 7, 9);
            Threads.await("it is told", () -> {
                writer.reconfigure(writer.options());
                return !log.listener.tamperings.isEmpty();
            });
            assertThat(writer.statistics().segment())
                    .isNotEqualTo(first.getFileName().toString());
        }

        assertThat(Files.readAllBytes(first)).isEqualTo(before);
        assertThat(log.listener.tamperings).hasSize(1);
        assertThat(log.listener.tamperings.get(0).problem()).contains("7 lines are not those that its seal is over");
        assertThat(log.listener.tamperings.get(0).file())
                .isEqualTo(first.getFileName().toString());
    }

    @Test
    void shouldSayThatTheSegmentWasCutBehindWhatWasSealed() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 7);
        }
        Path first = LogFiles.only(directory);
        Files.write(
                first,
                "line 0\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                StandardOpenOption.TRUNCATE_EXISTING);

        open().close();

        FoundSeal second = lastSeal();
        assertThat(second.start().broken()).contains("expected 7 lines", "found 1");
        assertThat(second.start().first()).isEqualTo(1);
    }

    private FoundSeal lastSeal() throws Exception {
        LogDirectory existing = LogDirectory.existing(directory);
        List<SegmentName> seals = existing.seals();
        return FoundSeal.read(
                existing.seal(seals.get(seals.size() - 1)),
                LogKey.read(existing).verifierKey());
    }

    @Test
    void shouldRecordLinesWhileTheSealCannotBeWritten() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 3);
            log.awaitSealed(writer, 3);
            log.disk.fail(FaultyDisk.Operation.OVERWRITE, "No space left on device");
            log.disk.fail(FaultyDisk.Operation.REPLACE, "No space left on device");
            log.clock.pass(Duration.ofMinutes(10));
            append(writer, 3, 6);
            Threads.await("the trouble is told", () -> {
                log.clock.pass(Duration.ofMinutes(1));
                writer.append(TextLine.of("more"), Durability.SYNCED);
                return !log.listener.warnings.isEmpty();
            });
            log.disk.heal();
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.sealed()).isEqualTo(check.lines());
        assertThat(log.listener.warnings.get(0)).contains("seal", "No space left on device");
    }

    @Test
    void shouldRefuseAKeyThatOthersMayRead() throws Exception {
        open().close();
        Path key = directory.resolve(".affidavit/seal/log.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldRefuseALogWithoutItsKey() throws Exception {
        open().close();
        Path key = directory.resolve(".affidavit/seal/log.key");
        Files.delete(key);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key + " is missing")
                .hasMessageContaining("backup");
    }

    @Test
    void shouldKeepWhatTheSealsOfRemovedSegmentsCertify() throws Exception {
        LogOptions few = options().maxSegmentBytes(64).maxSegments(3).build();
        try (LogWriter writer = log.open(few)) {
            append(writer, 0, 60);
            log.awaitSealed(writer, 60);
            Threads.await("segments are removed", () -> {
                writer.reconfigure(writer.options());
                log.clock.pass(Duration.ofMillis(1));
                return writer.statistics().segments() <= 3;
            });
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.seals()).hasSizeLessThanOrEqualTo(3);
        assertThat(Files.readString(directory.resolve("pruned.seal")))
                .startsWith("affidavit-segment 1\n")
                .contains("affidavit-succession 1\n");
        assertThat(log.listener.removalFailed).isEmpty();
        assertThat(log.listener.warnings).isEmpty();
    }

    /**
     * Names go in any order when the power is cut.
     *
     * @param removals after the first one, the record of it goes with the file of whose seal it is part
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldKeepWhatSealsCertifyThatWentBeforeAnEarlierOne(int removals) throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 60);
        }
        LogDirectory existing = LogDirectory.existing(directory);
        Path oldest = existing.seal(existing.seals().get(0));
        byte[] seal = Files.readAllBytes(oldest);
        int lines = 60;
        for (int i = 0; i < removals; i++) {
            removeAllButThree(lines);
            lines += 60;
        }
        assertThat(oldest).doesNotExist();
        Files.write(oldest, seal);
        SealedCrash.checkLeft(directory, options().build());

        removeAllButThree(lines);

        assertThat(oldest).doesNotExist();
        SealedCrash.checkOpened(directory, options().build());
    }

    /** The power is cut when all but the oldest are gone, and before their seals go. */
    @Test
    void shouldKeepInOrderWhatTheSealsCertifyOfSegmentsThatWentBeforeAnEarlierOne() throws Exception {
        Map<Path, byte[]> broughtBack = new HashMap<>();
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 60);
            log.awaitSealed(writer, 60);
            LogDirectory existing = LogDirectory.existing(directory);
            List<SegmentName> complete =
                    existing.seals().subList(0, existing.seals().size() - 1);
            for (SegmentName segment : complete) {
                broughtBack.put(existing.seal(segment), Files.readAllBytes(existing.seal(segment)));
            }
            Path oldest = existing.segment(complete.get(0));
            broughtBack.put(oldest, Files.readAllBytes(oldest));
            removeAllButThree(writer);
        }
        for (Map.Entry<Path, byte[]> file : broughtBack.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
        SealedCrash.checkLeft(directory, options().build());

        removeAllButThree(60);

        assertThat(LogDirectory.existing(directory).seals()).hasSizeLessThanOrEqualTo(3);
        SealedCrash.checkOpened(directory, options().build());
    }

    @Test
    void shouldKeepWhatTheSealCertifiesOfASegmentThatCanBeRemovedOnlyAtTheEnd() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 60);
            log.awaitSealed(writer, 60);
            log.disk.failFrom(FaultyDisk.Operation.DELETE, 1, "Operation not permitted");
            writer.reconfigure(options().maxSegmentBytes(64).maxSegments(3).build());
            writer.endHousekeeping();
            log.disk.heal();
        }

        assertThat(LogDirectory.existing(directory).segments()).hasSize(3);
        SealedCrash.checkOpened(directory, options().build());
    }

    @Test
    void shouldRemoveNoSealUnderLegalHold() throws Exception {
        try (LogWriter writer = openSmall()) {
            append(writer, 0, 60);
        }
        LogDirectory existing = LogDirectory.existing(directory);
        Path oldest = existing.seal(existing.seals().get(0));
        byte[] seal = Files.readAllBytes(oldest);
        removeAllButThree(60);
        Files.write(oldest, seal);
        byte[] pruned = Files.readAllBytes(existing.prunedSeals());
        LegalHolds.of(directory).place("case-4711", "");

        try (LogWriter writer = openSmall()) {
            append(writer, 120, 121);
        }

        assertThat(oldest).exists();
        assertThat(existing.prunedSeals()).hasBinaryContent(pruned);
    }

    /** All is sealed before anything is removed: so the newest seal records it. */
    private void removeAllButThree(int from) {
        try (LogWriter writer = openSmall()) {
            append(writer, from, from + 60);
            log.awaitSealed(writer, from + 60);
            removeAllButThree(writer);
        }
    }

    private void removeAllButThree(LogWriter writer) {
        writer.reconfigure(options().maxSegmentBytes(64).maxSegments(3).build());
        Threads.await("segments are removed", () -> {
            writer.reconfigure(writer.options());
            log.clock.pass(Duration.ofMillis(1));
            return writer.statistics().segments() <= 3;
        });
    }

    @Test
    void shouldFollowLinesThatTheDeviceRefused() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 4);
            log.awaitSealed(writer, 4);
            log.disk.failNext(FaultyDisk.Operation.FORCE, "Input/output error");
            writer.append(TextLine.of("line 4"), Durability.SYNCED);
            append(writer, 5, 9);
            Threads.await("it was rescued", () -> !log.listener.rescued.isEmpty() || !log.listener.warnings.isEmpty());
        }

        SealCheck check = SealCheck.of(directory);
        assertThat(check.lines()).isEqualTo(9);
        assertThat(check.sealed()).isEqualTo(9);
    }

    @Test
    void shouldFollowLinesWrittenWhileTheDeviceRefusedOthers() throws Exception {
        try (LogWriter writer = open()) {
            append(writer, 0, 4);
            log.awaitSealed(writer, 4);
            log.disk.holdForces();
            FutureTask<Void> waiting = Threads.start("waits for the device", () -> {
                writer.append(TextLine.of("line 4"), Durability.SYNCED);
                return null;
            });
            log.disk.awaitHeldForce();
            append(writer, 5, 9);
            log.disk.failHeldForces("Input/output error");
            Threads.get(waiting);
            append(writer, 9, 12);
            log.awaitSealed(writer, 12);
        }

        assertThat(log.listener.rescued).hasSize(1);
        assertThat(log.listener.rescued.get(0).lines()).isEqualTo(5);
        assertThat(log.listener.warnings).isEmpty();
        SealCheck check = SealCheck.of(directory);
        assertThat(check.lines()).isEqualTo(12);
        assertThat(check.sealed()).isEqualTo(12);
    }
}
