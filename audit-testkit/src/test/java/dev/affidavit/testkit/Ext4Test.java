package dev.affidavit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresMount(RequiresMount.EXT4)
final class Ext4Test {
    private static final long BYTES = 16 << 20;

    @TempDir
    Path temporary;

    @Test
    void shouldKeepWhatWasForcedAndNothingElse() throws IOException {
        try (Ext4 disk = Ext4.make(temporary, BYTES)) {
            Path file = disk.directory().resolve("file");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[10]));
                channel.force(true);
                channel.write(ByteBuffer.wrap(new byte[5]));
                Files.createFile(disk.directory().resolve("new"));

                try (Ext4 copy = disk.copy(temporary.resolve("copy"))) {
                    assertThat(copy.directory().resolve("file")).hasSize(10);
                    assertThat(copy.directory().resolve("new")).doesNotExist();
                }
                assertThat(file).hasSize(15);
            }
        }
        assertThat(temporary.resolve("disk")).isEmptyDirectory();
    }

    @Test
    void shouldTellAForceThatTheDeviceHasNoRoom() throws IOException {
        try (Ext4 disk = Ext4.overcommitted(temporary, 2 * BYTES, 6 << 20)) {
            Path file = disk.directory().resolve("file");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) BYTES / 2));
                assertThatThrownBy(() -> channel.force(true)).isInstanceOf(IOException.class);
            }
        }
    }
}
