package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class LogConditionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void shouldSeeTheWriterAndLeaveItTheLock() {
        LogCondition condition;
        try (LogWriter writer = new TestLog(directory).open()) {
            condition = LogCondition.of(directory);

            assertThat(condition.hasWriter()).isTrue();
            assertThat(condition.hasWriter()).isTrue();
            assertThatThrownBy(() -> new TestLog(directory).open()).isInstanceOf(DirectoryInUseException.class);
            writer.append(TextLine.of("still open"), Durability.SYNCED);
        }
        assertThat(condition.hasWriter()).isFalse();
        new TestLog(directory).open().close();
    }

    @Test
    void shouldTellWhatBefellTheLogAndChangeNothing() throws Exception {
        LogCondition condition;
        TestLog log = new TestLog(directory);
        try (LogWriter writer = log.open()) {
            writer.append(TextLine.of("on the device"), Durability.SYNCED);
            log.disk.failNext(FaultyDisk.Operation.FORCE, "Input/output error");
            writer.append(TextLine.of("copied"), Durability.SYNCED);
            condition = LogCondition.of(directory);
            assertThat(condition.refusedSegments()).containsExactly(TestLog.HEAD.segment());
        }
        Files.writeString(LogFiles.last(directory), "torn", StandardOpenOption.APPEND);
        new TestLog(directory).open().close(); // nobody records the cut

        Map<Path, FileTime> before = times();
        assertThat(condition.unrecordedRecoveries())
                .singleElement()
                .satisfies(recovery -> assertThat(recovery.bytes()).isEqualTo(4));
        assertThat(condition.refusedSegments()).containsExactly(TestLog.HEAD.segment());
        assertThat(condition.warnings()).isEmpty();
        assertThat(times()).isEqualTo(before);
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void shouldWarnOfModesAndOfNotesThatNobodyCanRead() throws Exception {
        new TestLog(directory).open().close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        Path note = directory.resolve(".affidavit/poisoned/" + TestLog.HEAD.segment());
        Files.writeString(note, "nonsense\n");

        assertThat(LogCondition.of(directory).warnings())
                .satisfiesExactly(
                        mode -> assertThat(mode).contains("chmod go-w " + directory.toRealPath()),
                        poison ->
                                assertThat(poison).contains(note.getFileName() + ": expected 'affidavit-poisoned 1'"));
        assertThat(LogCondition.of(directory).refusedSegments()).isEmpty();
    }

    @Test
    void shouldFindNothingWhereAnOldOrRestoredLogHasNoSuchFolders() throws Exception {
        new TestLog(directory).open().close();
        for (String name : new String[] {"lock", "torn", "poisoned"}) {
            Files.delete(directory.resolve(".affidavit").resolve(name));
        }

        LogCondition condition = LogCondition.of(directory);

        assertThat(condition.hasWriter()).isFalse();
        assertThat(condition.unrecordedRecoveries()).isEmpty();
        assertThat(condition.refusedSegments()).isEmpty();
        assertThat(condition.warnings()).isEmpty();
    }
}
