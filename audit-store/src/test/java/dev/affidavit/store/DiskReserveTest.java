package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskReserveTest {
    private static final int PORTION = DiskReserve.PORTION_BYTES;

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();

    /** Or giving way would free more than a portion: room for others than the report that it is for. */
    @Test
    void shouldHoldNoMoreThanItKnowsOfIfThereIsNoRoomForAllOfIt() throws IOException {
        LogDirectory log = LogDirectory.prepare(directory);
        DiskReserve reserve = DiskReserve.in(log, disk);
        reserve.hold(2 * PORTION);
        disk.leaveFree(PORTION + 1);

        assertThatThrownBy(() -> reserve.hold(10 * PORTION)).isInstanceOf(IOException.class);

        assertThat(reserve.held()).isEqualTo(2 * PORTION);
        assertThat(Files.size(log.reserve())).isEqualTo(2 * PORTION);
        assertThat(reserve.giveWay()).isTrue();
        assertThat(Files.size(log.reserve())).isEqualTo(PORTION);
    }
}
