package dev.affidavit.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The file system of this machine. */
final class RealDisk implements Disk {

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        PrivateFiles.create(file, mode);
        try {
            return open(file);
        } catch (Throwable e) { // an Error too: nobody would close a file that nobody was given
            PrivateFiles.removeMade(file, e);
            throw e;
        }
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        PrivateFiles.requireRegular(file);
        return RealSegmentFile.open(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        PrivateFiles.replace(file, content);
    }

    @Override
    public void overwrite(Path file, long at, byte[] bytes) throws IOException {
        PrivateFiles.requireRegular(file);
        PrivateFiles.write(file, at, bytes);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        PrivateFiles.forceDirectory(directory);
    }

    /**
     * A RandomAccessFile rather than a FileChannel: a FileChannel is closed for every caller when one that was
     * interrupted writes to it. The channel only forces: in the forcing thread, which nobody interrupts, and once in a
     * thread that opens a log, whose interrupt flag is put aside.
     */
    private static final class RealSegmentFile implements SegmentFile {
        private final RandomAccessFile file;
        private final FileChannel channel;

        private RealSegmentFile(RandomAccessFile file) {
            this.file = file;
            this.channel = file.getChannel();
        }

        static RealSegmentFile open(Path path) throws IOException {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                file.seek(file.length());
                return new RealSegmentFile(file);
            } catch (Throwable e) {
                file.close();
                throw e;
            }
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            file.write(bytes, 0, length);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.setLength(length);
            file.seek(length);
        }

        @Override
        public void force() throws IOException {
            PrivateFiles.undisturbed(() -> channel.force(false));
        }

        @Override
        public void read(long position, byte[] into) throws IOException {
            long end = file.getFilePointer();
            try {
                file.seek(position);
                file.readFully(into);
            } finally {
                file.seek(end);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
