package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The real disk, of which nothing is ever forced: for tests that open thousands of logs and cut no power. */
final class UnforcedDisk implements Disk {
    private final Disk disk = new RealDisk();

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        return new UnforcedFile(disk.create(file, mode));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new UnforcedFile(disk.open(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        disk.rename(file, name);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return disk.usableBytes(directory);
    }

    @Override
    public void forceDirectory(Path directory) {}

    private record UnforcedFile(SegmentFile file) implements SegmentFile {
        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            file.write(bytes, length);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public void force() {}

        @Override
        public void read(long position, byte[] into) throws IOException {
            file.read(position, into);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
