package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.CREATE;
import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be begun: whatever it leaves, nothing is added to a file once a later one exists. */
@Timeout(300)
final class RotationFaultTest {
    private static final String SECOND = "security_audit_2026-11-21_10-00-00_001.log";

    @TempDir
    Path directory;

    private TestLog test;

    @BeforeEach
    void prepare() {
        test = new TestLog(directory);
    }

    /** A line to a segment. */
    private LogWriter open() {
        return test.open(test.options().maxSegmentBytes(1).build());
    }

    private static void append(LogWriter log, String text) {
        log.append(TextLine.of(text), Durability.WRITTEN);
    }

    /** The lines of each file. */
    private List<List<String>> files() throws IOException {
        List<List<String>> files = new ArrayList<>();
        for (String name : LogFiles.names(directory)) {
            files.add(LogFiles.linesOf(directory.resolve(name)));
        }
        return files;
    }

    @Test
    void shouldGoOnBehindAFileThatAnErrorLeft() throws Exception {
        Error error = new OutOfMemoryError("for the test");
        try (LogWriter log = open();
                LogReader reader = LogReader.fromOldest(directory)) {
            append(log, "line 0");
            assertThat(LogFiles.texts(reader.read(10, 1000))).containsExactly("line 0");
            test.disk.failAfterCreating(1, error);
            assertThatThrownBy(() -> append(log, "line 1")).isSameAs(error);
            assertThat(reader.read(10, 1000)).isEmpty();

            append(log, "line 2");
            append(log, "line 3");

            assertThat(LogFiles.texts(reader.read(10, 1000))).containsExactly("line 2", "line 3");
        }
        assertThat(files()).containsExactly(List.of("line 0"), List.of(), List.of("line 2"), List.of("line 3"));
    }

    @Test
    void shouldTakeTheNextNameAtOnceIfAFileCanBeNeitherUsedNorRemoved() throws Exception {
        try (LogWriter log = open()) {
            append(log, "line 0");
            test.disk.failAfterCreating(1, new IOException("Too many open files"));

            append(log, "line 1");

            assertThat(log.statistics().rotations()).isEqualTo(1);
        }
        assertThat(files()).containsExactly(List.of("line 0"), List.of(), List.of("line 1"));
    }

    @Test
    void shouldRefuseALineThatWouldStandBeforeALaterFile() throws Exception {
        try (LogWriter log = open()) {
            append(log, "line 0");
            test.disk.fail(CREATE, "No space left on device");
            append(log, "line 1"); // nothing was left: this file is the last
            test.clock.pass(Duration.ofSeconds(1));
            test.disk.heal();
            test.disk.failAfterCreating(2, new IOException("Too many open files"));
            assertThatThrownBy(() -> append(log, "line 2"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("security_audit_2026-11-21_10-00-01_001.log exists")
                    .hasMessageContaining("Too many open files");
            test.disk.fail(CREATE, "No space left on device");
            assertThatThrownBy(() -> append(log, "line 3")).hasMessageContaining("No space left on device");
            test.disk.heal();

            append(log, "line 4");
        }
        assertThat(files()).containsExactly(List.of("line 0", "line 1"), List.of(), List.of(), List.of("line 4"));
    }

    @Test
    void shouldPassOverNamesThatAreTaken() throws Exception {
        try (LogWriter log = open()) {
            append(log, "line 0");
            for (String taken : List.of(SECOND, SECOND.replace("_001", "_002"), SECOND.replace("_001", "_003"))) {
                Files.writeString(directory.resolve(taken), "of another\n");
            }

            append(log, "line 1");
        }
        List<String> other = List.of("of another");
        assertThat(files()).containsExactly(List.of("line 0"), other, other, other, List.of("line 1"));
    }

    @Test
    void shouldCopyWhatTheDeviceRefusedBehindAFileThatAFailedRotationLeft() throws Exception {
        Error error = new OutOfMemoryError("for the test");
        try (LogWriter log = open();
                LogReader reader = LogReader.fromOldest(directory)) {
            append(log, "line 0");
            assertThat(LogFiles.texts(reader.read(10, 1000))).containsExactly("line 0");
            test.disk.failAfterCreating(1, error);
            assertThatThrownBy(() -> append(log, "line 1")).isSameAs(error);
            test.disk.failNext(FORCE, "Input/output error");

            log.sync();
        }
        // the refused lines are cut off once those who waited for the force are served
        assertThat(files()).containsExactly(List.of(), List.of(), List.of("line 0"), List.of());
    }

    @Test
    void shouldLeaveNoFileThatCouldNotBeFinished() {
        Error error = new OutOfMemoryError("for the test");
        var mode = new AbstractSet<PosixFilePermission>() {
            private boolean asked;

            @Override
            public Iterator<PosixFilePermission> iterator() {
                if (asked) { // when the file is there, and its mode is looked at
                    throw error;
                }
                asked = true;
                return PrivateFiles.OWNER_ONLY.iterator();
            }

            @Override
            public int size() {
                return PrivateFiles.OWNER_ONLY.size();
            }
        };

        assertThatThrownBy(() -> new RealDisk().create(directory.resolve(SECOND), mode))
                .isSameAs(error);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNotRemoveAFileThatWasThereBefore() throws Exception {
        Path there = Files.writeString(directory.resolve(SECOND), "of another\n");

        assertThatThrownBy(() -> new RealDisk().create(there, PrivateFiles.OWNER_ONLY))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(there).hasContent("of another");
    }
}
