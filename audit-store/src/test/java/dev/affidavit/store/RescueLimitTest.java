package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy that cannot be made, or must not be believed, and a device that is beyond help: the log ends, and says so. */
@Timeout(300)
final class RescueLimitTest {
    private static final String FIRST = "security_audit_2026-11-21_10-00-00.log";
    private static final String SECOND = "security_audit_2026-11-21_10-00-00_001.log";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "CREATE, 1", // of the segment that takes lines from now on
        "CREATE, 2", // of the copy
        "READ, 1",
        "WRITE, 1",
        "FORCE, 2",
        "REPLACE, 1",
        "RENAME, 1",
        "FORCE_DIRECTORY, 1"
    })
    void shouldEndTheLogWhenAStepOfTheCopyFails(FaultyDisk.Operation operation, int nth) throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        log.append(TextLine.of("good"), Durability.SYNCED);
        log.append(TextLine.of("written"), Durability.WRITTEN);
        if (operation == FORCE) {
            test.disk.failFrom(FORCE, 1, "first");
        } else {
            test.disk.failNext(FORCE, "first");
            // the line that waits is written before
            test.disk.failOnly(operation, operation == FaultyDisk.Operation.WRITE ? nth + 1 : nth, "second");
        }

        assertThatThrownBy(() -> log.append(TextLine.of("synced"), Durability.SYNCED))
                .isInstanceOf(NotForcedException.class)
                .hasMessageContaining("first")
                .hasMessageContaining("could not be copied")
                .hasRootCauseMessage("first");

        assertThatThrownBy(() -> log.append(TextLine.of("more"), Durability.WRITTEN))
                .hasMessageContaining("takes no more lines");
        assertThatThrownBy(log::close).hasMessageContaining("its last 2 lines");
        assertThat(test.disk.openFiles()).isZero();
        assertThat(test.listener.rescued).isEmpty();
        assertThat(test.listener.forceFailed).hasSize(1);
        assertThat(LogFiles.read(directory)).containsExactly("good", "written", "synced");
        test.disk.heal();
        try (LogWriter again = test.open()) {
            again.append(TextLine.of("again"), Durability.SYNCED);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("good", "written", "synced", "again");
        assertThat(LogFiles.read(directory)).containsExactly("good", "written", "synced", "again");
    }

    @Test
    void shouldNotBelieveOtherBytesThanThoseWritten() throws Exception {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        test.disk.failNext(FORCE, "Input/output error");
        test.disk.lieInReads();

        assertThatThrownBy(() -> log.append(TextLine.of("line"), Durability.SYNCED))
                .isInstanceOf(NotForcedException.class)
                .hasMessageContaining(
                        directory.toRealPath().resolve(FIRST) + ": bytes 0 to 5 are not what was written");

        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
        assertThat(directory.resolve(FIRST)).hasContent("line\n");
        assertThat(directory.resolve(SECOND)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORCE", "FORCE_DIRECTORY"})
    void shouldGiveUpOnADeviceThatRefusesAgainAndAgain(FaultyDisk.Operation operation) {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open(test.options().maxSegmentBytes(1).build());
        log.append(TextLine.of("0"), Durability.SYNCED);
        for (int i = 1; i <= 3; i++) {
            test.disk.failNext(operation, "Input/output error");
            log.append(TextLine.of("line " + i), Durability.SYNCED);
            log.append(TextLine.of("and " + i), Durability.SYNCED);
        }
        test.disk.failNext(operation, "Input/output error");

        assertThatThrownBy(() -> log.append(TextLine.of("line 4"), Durability.SYNCED))
                .isInstanceOf(NotForcedException.class)
                .hasMessageContaining("refused 4 forces in close succession");

        assertThat(log.statistics().rescues()).isEqualTo(3);
        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
        assertThat(LogFiles.read(directory))
                .containsExactly("0", "line 1", "and 1", "line 2", "and 2", "line 3", "and 3", "line 4");
    }

    @Test
    void shouldGiveUpOnADeviceThatWasGoodForLong() {
        TestLog test = new TestLog(directory);
        LogWriter log = test.open();
        for (int i = 0; i < 102; i++) {
            log.append(TextLine.of("good"), Durability.SYNCED);
        }
        for (int i = 0; i < 3; i++) {
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("rescued"), Durability.SYNCED);
        }
        test.disk.failNext(FORCE, "Input/output error");

        assertThatThrownBy(() -> log.append(TextLine.of("refused"), Durability.SYNCED))
                .hasMessageContaining("refused 4 forces in close succession");

        assertThatThrownBy(log::close).isInstanceOf(StoreException.class);
    }

    @Test
    void shouldForgiveADeviceThatRefusesNowAndThen() {
        TestLog test = new TestLog(directory);
        try (LogWriter log = test.open()) {
            for (int i = 0; i < 6; i++) {
                test.disk.failNext(FORCE, "Input/output error");
                for (int j = 0; j < 102; j++) {
                    log.append(TextLine.of("line"), Durability.SYNCED);
                }
            }
            assertThat(log.statistics().rescues()).isEqualTo(6);
        }
    }
}
