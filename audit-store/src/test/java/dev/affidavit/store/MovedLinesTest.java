package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MovedLinesTest {
    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("log");
    }

    /** Its names: of what the device refused, of the copy, and of what follows. */
    private List<String> refusedLog() throws IOException {
        TestLog test = new TestLog(directory());
        try (LogWriter log = test.open()) {
            log.append(TextLine.of("good"), Durability.SYNCED);
            log.append(TextLine.of("written"), Durability.WRITTEN);
            test.disk.failNext(FaultyDisk.Operation.FORCE, "Input/output error");
            log.append(TextLine.of("synced"), Durability.SYNCED);
            log.append(TextLine.of("after"), Durability.SYNCED);
            assertThat(log.statistics().rescuedLines()).isEqualTo(2);
        }
        List<String> names = LogFiles.names(directory());
        assertThat(names).hasSize(3);
        return names;
    }

    private void reopen() {
        new TestLog(directory()).open().close();
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve(".affidavit/poisoned"))) {
            return files.toList();
        }
    }

    @Test
    void shouldKnowTheCopyOfWhatTheDeviceRefused() throws Exception {
        List<String> names = refusedLog();
        MovedLines moved = MovedLines.of(directory());

        assertThat(moved.stand(names.get(0), names.get(1))).isTrue();
        assertThat(moved.stand(names.get(0), names.get(2))).isFalse();
        assertThat(moved.stand(names.get(1), names.get(0))).isFalse();
        assertThat(moved.stand(names.get(1), names.get(2))).isFalse();
        assertThat(moved.stand(names.get(0), names.get(0))).isFalse();
        assertThat(moved.stand("passwd", names.get(1))).isFalse();
    }

    @Test
    void shouldKnowItAfterRetentionRemovedTheFirst() throws Exception {
        List<String> names = refusedLog();
        Files.delete(directory().resolve(names.get(0)));
        reopen();

        assertThat(MovedLines.of(directory()).stand(names.get(0), names.get(1))).isTrue();

        Files.delete(directory().resolve(names.get(1)));
        reopen();
        assertThat(notes()).isEmpty();
    }

    @Test
    void shouldFollowTheCopyOfACopy() throws Exception {
        List<String> names = refusedLog();
        SegmentName copy = SegmentName.parse(names.get(1)).orElseThrow();
        SegmentName last = SegmentName.parse(names.get(2)).orElseThrow();
        Files.write(
                directory().resolve(".affidavit/poisoned").resolve(names.get(1)),
                new Poisoned(copy, 0, last, 0).bytes());
        Files.delete(directory().resolve(names.get(1)));
        reopen();

        assertThat(MovedLines.of(directory()).stand(names.get(0), names.get(2))).isTrue();
    }

    @Test
    void shouldRefuseADirectoryThatIsNoLog() {
        assertThatThrownBy(() -> MovedLines.of(temporary))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not the directory of a log");
    }
}
