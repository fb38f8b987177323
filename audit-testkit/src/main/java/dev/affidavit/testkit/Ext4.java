package dev.affidavit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ext4 file system of its own, with a journal, on a loop device over a file in memory, whose power can be cut. Tests that
 * use it say {@link RequiresMount @RequiresMount(RequiresMount.EXT4)}. Not thread-safe.
 *
 * <p>What the loop device has answered is in the file. So a cut shows what the kernel gave to the device in time, not what a
 * device keeps in a cache of its own.
 */
public final class Ext4 implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    /** The journal is written for who forces, and not by the clock: no test lasts so long. */
    private static final int COMMIT_SECONDS = 3600;
    /** Of the file system: a large one of the usual kind has blocks of this size too. */
    private static final String BLOCK = "4096";
    /** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: not even the journal is written any more. */
    private static final String SHUT_DOWN = """
            import fcntl, os, signal, struct, sys
            disk = os.open(sys.argv[1], os.O_RDONLY)
            os.kill(int(sys.argv[2]), signal.SIGKILL)
            fcntl.ioctl(disk, 0x8004587D, struct.pack("I", 2))
            """;

    private final Path at;
    private final TmpFs memory;
    private final Path image;
    private final boolean owner;
    private boolean mounted;

    private Ext4(Path at, TmpFs memory, Path image, boolean owner) {
        this.at = at;
        this.memory = memory;
        this.image = image;
        this.owner = owner;
    }

    private Ext4 closedAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        return this;
    }

    /**
     * Makes and mounts a file system of {@code bytes}.
     *
     * @param at a directory for it, made if it is missing
     * @throws IllegalStateException if this process may not
     */
    public static Ext4 make(Path at, long bytes) {
        return make(at, bytes, 3 * bytes);
    }

    /**
     * Makes and mounts one whose device has less than it promises: writes to it fail, some time after the application
     * believes them done, when {@code backed} bytes are used up.
     */
    public static Ext4 overcommitted(Path at, long bytes, long backed) {
        Ext4 made =
                make(at, bytes, backed, "-E", "nodiscard,packed_meta_blocks=1,lazy_itable_init=0,lazy_journal_init=0");
        made.limitRequests();
        return made;
    }

    /** To a page: Linux calls a request well done of which a loop device wrote a part before there was no room (6.18). */
    private void limitRequests() {
        try {
            Files.writeString(Path.of("/sys/block", device(), "queue", "max_sectors_kb"), "4");
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private static Ext4 make(Path at, long bytes, long backed, String... options) {
        TmpFs memory = TmpFs.ofSize(at.resolve("memory"), backed);
        Ext4 made = new Ext4(at, memory, memory.directory().resolve("disk.img"), true).closedAtExit();
        try {
            Command.run("truncate", "-s", Long.toString(bytes), made.image.toString());
            // NOZEROOUT: zeros are written, so that the device has room for its metadata whatever becomes of data.
            List<String> mkfs = new ArrayList<>(List.of("env", "UNIX_IO_NOZEROOUT=1", "mkfs.ext4", "-q"));
            mkfs.addAll(List.of("-b", BLOCK, "-J", "size=4"));
            mkfs.addAll(List.of("-N", "512", "-m", "0"));
            mkfs.addAll(Arrays.asList(options));
            mkfs.add(made.image.toString());
            Command.run(mkfs.toArray(String[]::new));
            made.mount();
            return made;
        } catch (Throwable e) {
            made.close();
            throw e;
        }
    }

    /** Where it is mounted. */
    public Path directory() {
        return at.resolve("disk");
    }

    /** Mounts it; what its journal holds is replayed first. */
    public void mount() {
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run(
                "mount",
                "-o",
                "loop,commit=" + COMMIT_SECONDS,
                image.toString(),
                directory().toString());
        mounted = true;
    }

    /** Unmounts it. Nobody may have a file open there. */
    public void unmount() {
        Command.run("umount", directory().toString());
        mounted = false;
    }

    /**
     * Stops all that goes to the device, at one moment, whatever is being done then: the journal stays as it is on the
     * device. Needs python3.
     *
     * @param user who uses it, and is killed just before: Linux says of some forces that are under way at that moment that
     *     they went well, and nobody without power would hear that
     */
    public void shutDown(ChildJvm user) {
        Command.run("python3", "-c", SHUT_DOWN, directory().toString(), Long.toString(user.pid()));
    }

    /**
     * What is on the device now, mounted as after a power cut. The device does nothing in the time that the copy takes: if
     * it did, another copy is made.
     *
     * @param at a directory for it, made if it is missing
     */
    public Ext4 copy(Path at) {
        Path copied = memory.directory().resolve("copy.img");
        Deadline.await("a copy while the device does nothing", SOON, () -> {
            String before = activity();
            Command.run("cp", "--sparse=always", image.toString(), copied.toString());
            return before.equals(activity()) && inFlight(before) == 0;
        });
        Ext4 copy = new Ext4(at, memory, copied, false).closedAtExit();
        copy.mount();
        return copy;
    }

    /** What the block layer has counted so far: reads and writes, bytes, time, and what is under way. */
    private String activity() {
        try {
            return Files.readString(Path.of("/sys/block", device(), "stat")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** See Documentation/block/stat.rst of Linux. */
    private static int inFlight(String activity) {
        return Integer.parseInt(activity.split(" +", -1)[8]);
    }

    private String device() throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts"), StandardCharsets.UTF_8).stream()
                .map(line -> line.split(" ", -1))
                .filter(mount -> mount[1].equals(directory().toString()))
                .map(mount -> Path.of(mount[0]).getFileName().toString())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(directory() + " is not mounted"));
    }

    /** Where the device keeps what it has. */
    public TmpFs memory() {
        return memory;
    }

    /** Unmounts it, whoever uses it, and forgets what it holds. */
    @Override
    public void close() {
        try {
            if (mounted) {
                mounted = false;
                Command.run("umount", "--lazy", directory().toString());
            }
        } finally {
            if (owner) {
                memory.close();
            }
        }
    }
}
