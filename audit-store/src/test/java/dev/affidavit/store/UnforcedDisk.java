package dev.affidavit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The real disk, of which nothing is ever forced: for tests that open thousands of logs and cut no power. */
final class UnforcedDisk extends PassingDisk {
    UnforcedDisk() {
        super(SlowDisk.real());
    }

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        return new UnforcedFile(super.create(file, mode));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new UnforcedFile(super.open(file));
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Override
    public void forceDirectory(Path directory) {}

    private static final class UnforcedFile extends PassingFile {
        UnforcedFile(SegmentFile file) {
            super(file);
        }

        @Override
        public void force() {}
    }
}
