package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Records what it is asked to do, over a disk that does it and may fail. Files get the time of the log's clock. Thread-safe:
 * steps are recorded in the order in which they are done, but forces run beside the others.
 */
final class RecordingDisk extends PassingDisk {
    private final Path directory;
    private final Recording recording;
    private final TestLog.FakeClock clock;

    // All guarded by this.
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<Integer, Path> paths = new HashMap<>();

    /** @param known the numbers of the files that the recording has already, by name */
    RecordingDisk(Disk disk, Path directory, Recording recording, TestLog.FakeClock clock, Map<String, Integer> known) {
        super(disk);
        this.directory = directory;
        this.recording = recording;
        this.clock = clock;
        known.forEach(this::name);
    }

    private void name(String name, int file) {
        files.put(name, file);
        paths.put(file, directory.resolve(name));
    }

    private String nameOf(Path file) {
        return Names.of(directory, file);
    }

    /** Records a file that somebody else replaced durably, in one step. */
    synchronized void wasReplaced(Path file) throws IOException {
        name(nameOf(file), recording.replace(nameOf(file), Files.readAllBytes(file)));
    }

    /** Records a file that somebody else made and forced, or removed. */
    synchronized void wasPlacedOrRemoved(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            name(nameOf(file), recording.place(nameOf(file), Files.readAllBytes(file)));
        } else {
            recording.add(new Step.Removed(nameOf(file)));
            recording.add(new Step.DirectoryForced(Names.parent(nameOf(file))));
        }
    }

    @Override
    public synchronized SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        SegmentFile created = super.create(file, mode);
        int number = recording.create(nameOf(file));
        name(nameOf(file), number);
        stamp(number);
        return new RecordedFile(number, created);
    }

    @Override
    public synchronized SegmentFile open(Path file) throws IOException {
        SegmentFile opened = super.open(file);
        return new RecordedFile(Objects.requireNonNull(files.get(nameOf(file)), nameOf(file)), opened);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        super.delete(file);
        files.remove(nameOf(file));
        recording.add(new Step.Removed(nameOf(file)));
    }

    @Override
    public synchronized void rename(Path file, Path name) throws IOException {
        super.rename(file, name);
        name(nameOf(name), Objects.requireNonNull(files.remove(nameOf(file))));
        recording.add(new Step.Renamed(nameOf(file), nameOf(name)));
    }

    @Override
    public synchronized void replace(Path file, byte[] content) throws IOException {
        super.replace(file, content);
        name(nameOf(file), recording.replace(nameOf(file), content));
    }

    @Override
    public synchronized void overwrite(Path file, long at, byte[] bytes) throws IOException {
        super.overwrite(file, at, bytes);
        int number = Objects.requireNonNull(files.get(nameOf(file)), nameOf(file));
        recording.add(new Step.Written(number, at, bytes.clone()));
        recording.add(new Step.ForceEnded(recording.beginForce(number), true));
    }

    @Override
    public synchronized void forceDirectory(Path forced) throws IOException {
        super.forceDirectory(forced);
        recording.add(new Step.DirectoryForced(nameOf(forced)));
    }

    private void stamp(int file) throws IOException {
        Path path = Objects.requireNonNull(paths.get(file));
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) { // what is written to may have been removed
            Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
        }
    }

    private final class RecordedFile extends PassingFile {
        private final int number;

        RecordedFile(int number, SegmentFile file) {
            super(file);
            this.number = number;
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            synchronized (RecordingDisk.this) {
                long at = length();
                try {
                    super.write(bytes, length);
                } finally {
                    int written = (int) (length() - at);
                    if (written > 0) {
                        recording.add(new Step.Written(number, at, Arrays.copyOf(bytes, written)));
                        stamp(number);
                    }
                }
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (RecordingDisk.this) {
                super.truncate(length);
                recording.add(new Step.Cut(number, length));
                stamp(number);
            }
        }

        @Override
        public void force() throws IOException {
            int force = recording.beginForce(number);
            boolean good = false;
            try {
                super.force();
                good = true;
            } finally {
                recording.add(new Step.ForceEnded(force, good));
            }
        }
    }
}
