package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that was written without seals, and is sealed from now on; or the other way round. */
@Timeout(300)
final class AdoptionTest {
    /** Nothing, so that all that is there is sealed while lines are written; and more than there is. */
    private static final long NOTHING = 0;

    @TempDir
    private Path temporary;

    private Path directory = Path.of("unused");
    private TestLog log = new TestLog(directory);

    @BeforeEach
    void name() {
        directory = temporary.resolve("log");
        log = new TestLog(directory);
    }

    private LogOptions.Builder unsealed() {
        return log.options().forceAfterLines(1).maxSegmentBytes(64);
    }

    private LogOptions.Builder sealed() {
        return unsealed()
                .seal(new SealOptions("payments.example.com/audit", Duration.ofMillis(1), Duration.ofHours(1)));
    }

    private void writeUnsealed(int lines) {
        try (LogWriter writer = log.open(unsealed().build())) {
            append(writer, 0, lines);
        }
    }

    private static void append(LogWriter writer, int from, int to) {
        for (int i = from; i < to; i++) {
            writer.append(TextLine.of("line " + i), Durability.WRITTEN);
        }
    }

    private SealCheck requireAllSealed(int lines) throws Exception {
        SealCheck check = SealCheck.of(directory);
        assertThat(check.lines()).isEqualTo(lines);
        assertThat(check.sealed()).isEqualTo(lines);
        assertThat(check.seals().get(0).start().first()).isZero();
        assertThat(check.seals().get(0).start().epoch()).isEqualTo(1);
        assertThat(log.listener.tamperings).isEmpty();
        assertThat(log.listener.warnings).isEmpty();
        SealedCrash.checkOpened(directory, sealed().build());
        return check;
    }

    @ParameterizedTest
    @ValueSource(longs = {NOTHING, Environment.READ_AT_OPENING})
    void shouldSealALogFromItsOldestLineOn(long readAtOpening) throws Exception {
        writeUnsealed(30);
        log.readingAtOpening(readAtOpening);

        try (LogWriter writer = log.open(sealed().build())) {
            assertThat(writer.sealPins().orElseThrow().firstEpoch()).isNotNull();
            append(writer, 30, 40);
            log.awaitSealed(writer, 40);
            append(writer, 40, 50);
        }

        SealCheck check = requireAllSealed(50);
        assertThat(check.seals()).hasSameSizeAs(LogDirectory.existing(directory).segments());
        assertThat(check.firstKey()).isEqualTo(LogKeys.of(directory).firstEpochKey());
        assertThat(check.lastEpoch()).isGreaterThanOrEqualTo(check.seals().size());
    }

    @Test
    void shouldSealALogOfWhichNothingMoreIsWritten() throws Exception {
        writeUnsealed(3);
        log.readingAtOpening(NOTHING);

        try (LogWriter writer = log.open(unsealed()
                .maxSegmentBytes(1 << 20)
                .seal(sealed().build().seal())
                .build())) {
            log.awaitSealed(writer, 3);
        }

        requireAllSealed(3);
    }

    /** Lines that come while others are read back, in several files, and more when it has caught up. */
    @Test
    void shouldCatchUpWithWhoWrites() throws Exception {
        writeUnsealed(200);
        log.readingAtOpening(NOTHING);
        int lines = 200;

        try (LogWriter writer = log.open(sealed().maxSegmentBytes(1 << 10).build())) {
            for (int round = 0; round < 20; round++) {
                append(writer, lines, lines + 50);
                lines += 50;
                log.clock.pass(Duration.ofMillis(1));
            }
            log.awaitSealed(writer, lines);
            append(writer, lines, lines + 50);
            lines += 50;
            log.awaitSealed(writer, lines);
        }

        requireAllSealed(lines);
    }

    @Test
    void shouldFollowLinesThatTheDeviceRefusesMeanwhile() throws Exception {
        writeUnsealed(50);
        log.readingAtOpening(NOTHING);

        try (LogWriter writer = log.open(sealed().maxSegmentBytes(1 << 20).build())) {
            append(writer, 50, 54);
            log.disk.failNext(FaultyDisk.Operation.FORCE, "Input/output error");
            append(writer, 54, 60);
            log.awaitSealed(writer, 60);
        }

        log.listener.warnings.clear();
        SealCheck check = SealCheck.of(directory);
        assertThat(check.sealed()).isEqualTo(check.lines());
        SealedCrash.checkOpened(directory, sealed().build());
    }

    /** Else a power cut could leave a log that has its key, and has lost the seal for which it was named. */
    @Test
    void shouldHaveTheFirstSealOnTheDeviceBeforeItNamesTheKey() throws Exception {
        writeUnsealed(20);
        log.open(sealed().build()).close();
        Path keys = directory.resolve(".affidavit/seal");
        Files.move(keys.resolve("log.key"), keys.resolve("log.key.begun")); // as one killed between the two leaves it
        TestLog next = new TestLog(directory);

        next.open(sealed().build()).close();

        assertThat(next.disk.journal())
                .containsSubsequence("FORCE_DIRECTORY log", "RENAME log.key", "FORCE_DIRECTORY seal");
    }

    /** Before each step of the disk: a verifier finds nothing amiss then, and who goes on ends with all sealed. */
    @ParameterizedTest
    @ValueSource(longs = {NOTHING, Environment.READ_AT_OPENING})
    void shouldGoOnWhereItWasKilled(long readAtOpening) throws Exception {
        writeUnsealed(20);
        ImagedDisk disk = new ImagedDisk(directory, Files.createDirectory(temporary.resolve("images")));
        LogOptions options = sealed().build();

        try (LogWriter writer = LogWriter.open(
                options, log.listener, TestLog.environment(disk, log.clock, StoredLines.NOWHERE, readAtOpening))) {
            append(writer, 20, 23);
            log.awaitSealed(writer, 23);
        }

        assertThat(disk.taken()).hasSizeGreaterThan(10);
        for (Path killed : disk.taken()) {
            SealedCrash.checkLeft(killed, options);
            TestLog again = new TestLog(killed).readingAtOpening(readAtOpening);
            LogOptions same =
                    again.options().forceAfterLines(1).seal(options.seal()).build();
            try (LogWriter writer = again.open(same)) {
                assertThat(writer.tampering()).as(killed.toString()).isEmpty();
                append(writer, 100, 101);
                again.awaitSealed(writer, 20);
            }
            assertThat(again.listener.warnings).as(killed.toString()).isEmpty();
            SealedCrash.checkOpened(killed, same);
            SealCheck check = SealCheck.of(killed);
            assertThat(check.sealed()).isEqualTo(check.lines());
        }
    }

    @Test
    void shouldLetGoOfAFileOnlyWhenItIsSealed() throws Exception {
        writeUnsealed(100);
        int before = LogDirectory.existing(directory).segments().size();
        assertThat(before).isGreaterThan(10);
        log.readingAtOpening(NOTHING);

        try (LogWriter writer = log.open(sealed().maxSegments(3).build())) {
            append(writer, 100, 101);
            Threads.await("retention has done its work", () -> {
                log.clock.pass(Duration.ofMillis(1));
                writer.reconfigure(writer.options());
                return writer.statistics().segments() <= 3;
            });
            log.awaitSealed(writer, 101); // who closes a log does not wait until its old lines are read
        }

        assertThat(log.listener.warnings).isEmpty();
        assertThat(log.listener.removalFailed).isEmpty();
        SealedCrash.checkOpened(directory, sealed().build());
        int removed = Files.readString(directory.resolve("pruned.seal")).split("affidavit-segment 1\n", -1).length - 1;
        assertThat(removed + SealCheck.of(directory).seals().size()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void shouldRemoveWhenItIsClosedWhatHadToBeSealedBefore() throws Exception {
        try (LogWriter writer = log.open(sealed().maxSegments(2).build())) {
            append(writer, 0, 60);
        }

        assertThat(LogDirectory.existing(directory).segments()).hasSizeLessThanOrEqualTo(2);
        SealedCrash.checkOpened(directory, sealed().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pruned.seal", ".affidavit/seal/epoch.keys"})
    void shouldTakeWhatIsLeftOfASealForOneThatIsMissing(String leftover) throws Exception {
        writeUnsealed(5);
        Files.setPosixFilePermissions(
                Files.write(directory.resolve(leftover), new byte[0]), PosixFilePermissions.fromString("rw-------"));

        try (LogWriter writer = log.open(sealed().build())) {
            assertThat(writer.tampering())
                    .get()
                    .satisfies(found -> assertThat(found.problem()).contains("have no seal"));
        }
    }

    @Test
    void shouldMissTheSealsOfALogThatHasItsKey() {
        try (LogWriter writer = log.open(sealed().build())) {
            append(writer, 0, 20);
        }
        removeSeals();

        try (LogWriter writer = log.open(sealed().build())) {
            assertThat(writer.tampering())
                    .get()
                    .satisfies(found -> assertThat(found.problem()).contains("have no seal"));
        }
    }

    private void removeSeals() {
        for (Path file : files()) {
            if (file.getFileName().toString().endsWith(".seal")) {
                assertThat(file.toFile().delete()).isTrue();
            }
        }
    }

    private Set<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who removes keys and seals makes the log begin anew, under keys that are not the ones that were pinned. */
    @Test
    void shouldBeginUnderAnotherKeyIfAllIsRemoved() throws Exception {
        try (LogWriter writer = log.open(sealed().build())) {
            append(writer, 0, 20);
        }
        LogKeys pinned = LogKeys.of(directory);
        removeSeals();
        Files.delete(directory.resolve(".affidavit/seal/log.key"));
        Files.delete(directory.resolve(".affidavit/seal/epoch.keys"));

        try (LogWriter writer = log.open(sealed().build())) {
            append(writer, 20, 21);
        }

        requireAllSealed(21);
        assertThat(LogKeys.of(directory).logKey()).isNotEqualTo(pinned.logKey());
        assertThat(LogKeys.of(directory).firstEpochKey()).isNotEqualTo(pinned.firstEpochKey());
    }

    @Test
    void shouldRefuseToGoOnWithoutSeals() throws Exception {
        try (LogWriter writer = log.open(sealed().build())) {
            append(writer, 0, 2);
        }
        Set<Path> before = files();

        assertThatThrownBy(() -> log.open(unsealed().build()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is a sealed log")
                .hasMessageContaining(
                        directory.resolve(".affidavit/seal/log.key").toString())
                .hasMessageContaining("AuditSeal enabled=\"true\"")
                .hasMessageContaining("another directory");

        assertThat(files()).isEqualTo(before);
        log.open(sealed().build()).close();
        requireAllSealed(2);
    }

    @Test
    void shouldRecordThatWhatStoodThereWasNotSealedUntilNow() throws Exception {
        writeUnsealed(1);
        log.open(sealed().build()).close();

        List<String> seal =
                Files.readAllLines(directory.resolve(LogFiles.only(directory).getFileName() + ".seal"));

        assertThat(seal).contains("reason start");
    }
}
