package dev.affidavit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The real disk, and a copy of a directory for each step of what is done to it: what there would be if the process were killed
 * before it. One thread at a time takes a step. Thread-safe.
 */
final class ImagedDisk extends PassingDisk {
    private final Path directory;
    private final Path images;
    // Guarded by this.
    private final List<Path> taken = new ArrayList<>();

    ImagedDisk(Path directory, Path images) {
        super(SlowDisk.real());
        this.directory = directory;
        this.images = images;
    }

    /** Oldest first. */
    synchronized List<Path> taken() {
        return List.copyOf(taken);
    }

    /** Called by who is in a step. */
    private void take() throws IOException {
        Path image = images.resolve("before-step-" + taken.size());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, image.resolve(directory.relativize(file).toString()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        taken.add(image);
    }

    @Override
    public synchronized SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        take();
        return new ImagedFile(super.create(file, mode));
    }

    @Override
    public synchronized SegmentFile open(Path file) throws IOException {
        return new ImagedFile(super.open(file));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        take();
        super.delete(file);
    }

    @Override
    public synchronized void rename(Path file, Path name) throws IOException {
        take();
        super.rename(file, name);
    }

    @Override
    public synchronized void replace(Path file, byte[] content) throws IOException {
        take();
        super.replace(file, content);
    }

    @Override
    public synchronized void overwrite(Path file, long at, byte[] bytes) throws IOException {
        take();
        super.overwrite(file, at, bytes);
    }

    private final class ImagedFile extends PassingFile {
        ImagedFile(SegmentFile file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            synchronized (ImagedDisk.this) {
                take();
                super.write(bytes, length);
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (ImagedDisk.this) {
                take();
                super.truncate(length);
            }
        }
    }
}
