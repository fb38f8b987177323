package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk whose power can be cut, over one that can be told to fail. What a failed force was for never reaches the device,
 * whatever force of the same file comes after it: as on Linux, which then calls the pages clean. Thread-safe.
 */
final class LossyDisk implements Disk {
    private final Disk disk;

    // All guarded by this.
    private final Map<Path, Device> files = new HashMap<>();
    private final Map<Path, Map<Path, Device>> names = new HashMap<>();

    LossyDisk(Disk disk) {
        this.disk = disk;
    }

    /**
     * Leaves in {@code target} what is in {@code directory} after a power cut: at least what is on the device.
     *
     * @param generous whether what was not forced is there too, but for what the device lost
     */
    synchronized void cutPower(Path directory, Path target, boolean generous) throws IOException {
        copyPrivate(directory, target);
        Map<Path, Device> left = new TreeMap<>();
        if (generous) {
            files.forEach((file, device) -> {
                if (directory.equals(file.getParent())) {
                    left.put(file, device);
                }
            });
        } else {
            left.putAll(names.getOrDefault(directory, Map.of()));
        }
        for (Map.Entry<Path, Device> file : left.entrySet()) {
            Device device = file.getValue();
            byte[] content = generous ? device.seenByDevice(Files.readAllBytes(device.path)) : device.durable;
            Files.write(target.resolve(file.getKey().getFileName()), content);
        }
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return disk.usableBytes(directory);
    }

    /** Small files are replaced and made durable in one operation. */
    private static void copyPrivate(Path directory, Path target) throws IOException {
        Path from = directory.resolve(".affidavit");
        Path to = target.resolve(".affidavit");
        for (String sub : new String[] {"cursors", "torn", "poisoned"}) {
            Files.createDirectories(to.resolve(sub));
        }
        Files.copy(from.resolve("log-id"), to.resolve("log-id"));
        for (String note : LogFiles.names(from.resolve("poisoned"))) {
            if (!note.endsWith(".tmp")) {
                Files.copy(
                        from.resolve("poisoned").resolve(note),
                        to.resolve("poisoned").resolve(note));
            }
        }
    }

    @Override
    public synchronized SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        SegmentFile created = disk.create(file, mode);
        Device device = new Device(file);
        files.put(file, device);
        return new LossyFile(device, created);
    }

    @Override
    public synchronized SegmentFile open(Path file) throws IOException {
        SegmentFile opened = disk.open(file);
        return new LossyFile(Objects.requireNonNull(files.get(file), "a file of this log"), opened);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        disk.delete(file);
        files.remove(file);
    }

    @Override
    public synchronized void rename(Path file, Path name) throws IOException {
        disk.rename(file, name);
        Device device = Objects.requireNonNull(files.remove(file));
        device.path = name;
        files.put(name, device);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        disk.replace(file, content);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
        Map<Path, Device> found = new HashMap<>();
        files.forEach((file, device) -> {
            if (directory.equals(file.getParent()) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                found.put(file, device);
            }
        });
        names.put(directory, found);
    }

    /** A file as the device has it. */
    private static final class Device {
        private Path path;
        private byte[] durable = new byte[0];
        /** What it lost for good: zeros will be read there. */
        private int lostFrom = Integer.MAX_VALUE;

        private int lostTo;

        Device(Path path) {
            this.path = path;
        }

        byte[] seenByDevice(byte[] content) {
            if (lostFrom < content.length) {
                Arrays.fill(content, lostFrom, Math.min(lostTo, content.length), (byte) 0);
            }
            return content;
        }
    }

    private final class LossyFile implements SegmentFile {
        private final Device device;
        private final SegmentFile file;

        LossyFile(Device device, SegmentFile file) {
            this.device = device;
            this.file = file;
        }

        @Override
        public void force() throws IOException {
            byte[] content = Files.readAllBytes(device.path); // what is written from now on, it is not for
            try {
                file.force();
            } catch (IOException e) {
                synchronized (LossyDisk.this) {
                    device.lostFrom = Math.min(device.lostFrom, device.durable.length);
                    device.lostTo = content.length;
                }
                throw e;
            }
            synchronized (LossyDisk.this) {
                device.durable = device.seenByDevice(content);
            }
        }

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
        public void read(long position, byte[] into) throws IOException {
            file.read(position, into);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
