package dev.affidavit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresMount
final class TmpFsTest {
    @TempDir
    Path temporary;

    private static void write(Path file, int bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(new byte[bytes]);
        }
    }

    @Test
    void shouldRunOutOfBytesAndGiveThemBack() throws IOException {
        try (TmpFs disk = TmpFs.ofSize(temporary.resolve("disk"), 1 << 20)) {
            Path file = disk.directory().resolve("file");
            write(file, 10);
            disk.fill();
            write(file, TmpFs.PAGE - 10);
            assertThatThrownBy(() -> write(file, 1)).hasMessageContaining("No space left");

            disk.fillBut(1);
            write(file, TmpFs.PAGE);
            assertThatThrownBy(() -> write(file, 1)).hasMessageContaining("No space left");

            disk.free();
            write(file, 100 * TmpFs.PAGE);
        }
        assertThat(temporary.resolve("disk")).isEmptyDirectory();
    }

    @Test
    void shouldHoldMoreOnceItIsEnlarged() throws IOException {
        try (TmpFs disk = TmpFs.ofSize(temporary.resolve("disk"), 1 << 20)) {
            Path file = disk.directory().resolve("file");
            disk.fill();
            assertThatThrownBy(() -> write(file, 1)).hasMessageContaining("No space left");

            disk.enlarge(2 << 20);
            write(file, 1 << 20);
            assertThatThrownBy(() -> write(file, 1)).hasMessageContaining("No space left");
        }
    }

    @Test
    void shouldRunOutOfInodesAndGiveThemBack() throws IOException {
        try (TmpFs disk = TmpFs.ofInodes(temporary.resolve("disk"), 20)) {
            Path file = disk.directory().resolve("file");
            write(file, 10);
            disk.fillInodes();
            write(file, 10 * TmpFs.PAGE);
            assertThatThrownBy(() -> Files.createFile(disk.directory().resolve("another")))
                    .hasMessageContaining("No space left");

            disk.free();
            Files.createFile(disk.directory().resolve("another"));
        }
    }

    @Test
    void shouldBeReadOnlyForRootToo() throws IOException {
        try (TmpFs disk = TmpFs.ofSize(temporary.resolve("disk"), 1 << 20)) {
            Path file = disk.directory().resolve("file");
            disk.makeReadOnly();
            assertThatThrownBy(() -> Files.createFile(file)).isInstanceOf(FileSystemException.class);

            disk.makeWritable();
            Files.createFile(file);
        }
    }

    @Test
    void shouldProtectWhatIsThere() throws IOException {
        try (TmpFs disk = TmpFs.ofSize(temporary.resolve("disk"), 1 << 20)) {
            Path file = disk.directory().resolve("file");
            try (FileOutputStream open = new FileOutputStream(file.toFile())) {
                disk.protect();
                assertThatThrownBy(() -> Files.createFile(disk.directory().resolve("another")))
                        .isInstanceOf(FileSystemException.class);
                assertThatThrownBy(() -> write(file, 1)).isInstanceOf(IOException.class);
                open.write(1);
            }

            disk.unprotect();
            Files.delete(file);
        }
    }
}
