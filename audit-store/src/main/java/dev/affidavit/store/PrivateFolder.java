package dev.affidavit.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in the private part of a log, for files that are kept beside it: only their owner may read them, and
 * whatever a method here did survives a power cut when it returns. Thread-safe as long as each file has one writer at a
 * time; a file may be renamed or removed by another process while it is written, and is then begun again.
 */
public final class PrivateFolder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    /** How much is read at a time when the end of the last finished line is looked for. */
    private static final int WINDOW_BYTES = 64 * 1024;
    /** How often a file is begun anew because it was renamed in between: more is not somebody who renames it. */
    private static final int MAX_BEGINNINGS = 10;

    private final Path folder;

    private PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder {@code name} of the log in {@code directory}, which a writer must have made; it need not be there yet. */
    public static PrivateFolder of(Path directory, String name) {
        return new PrivateFolder(LogDirectory.existing(directory).folder(requireName(name)));
    }

    /** The names of its files, sorted; none if the folder is not there. */
    public List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new StoreException("%s cannot be listed: %s".formatted(folder, e), e);
        }
    }

    /**
     * Adds lines to a file, which is made if it is missing. What a crash left unfinished at its end is cut off first.
     *
     * @param lines each with its {@code \n}
     * @return how many bytes the file has then
     * @throws StoreException if they are not stored; some of them may be all the same
     */
    public long append(String file, List<byte[]> lines) {
        Path path = path(file);
        try {
            PrivateFiles.createDirectories(folder);
            long[] size = new long[1];
            PrivateFiles.undisturbed(() -> {
                try (FileChannel channel = openOrCreate(path)) {
                    size[0] = append(channel, lines);
                }
            });
            return size[0];
        } catch (IOException e) {
            throw new StoreException("%s cannot be written: %s".formatted(path, e), e);
        }
    }

    private FileChannel openOrCreate(Path path) throws IOException {
        for (int i = 0; i < MAX_BEGINNINGS; i++) {
            try {
                PrivateFiles.requireRegular(path);
                return FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException missing) {
                create(path);
            }
        }
        throw new FileNotFoundException("it disappears whenever it is made");
    }

    private void create(Path path) throws IOException {
        try {
            PrivateFiles.create(path, PrivateFiles.OWNER_ONLY);
            PrivateFiles.forceDirectory(folder);
        } catch (FileAlreadyExistsException quicker) {
            // Then it is there, and that is all that is wanted.
        }
    }

    private static long append(FileChannel channel, List<byte[]> lines) throws IOException {
        long end = endOfLastLine(channel);
        channel.truncate(end);
        channel.position(end);
        try {
            for (byte[] line : lines) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
            return channel.position();
        } catch (IOException e) {
            channel.truncate(end); // the lines come again
            throw e;
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        for (long end = channel.size(); end > 0; end -= Math.min(end, WINDOW_BYTES)) {
            ByteBuffer window = ByteBuffer.allocate((int) Math.min(end, WINDOW_BYTES));
            long from = end - window.capacity();
            while (window.hasRemaining() && channel.read(window, from + window.position()) > 0) {
                // Reads on until the window is full.
            }
            for (int i = window.position() - 1; i >= 0; i--) {
                if (window.get(i) == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    /**
     * Opens a file for reading. No link is followed.
     *
     * @throws NoSuchFileException if it is not there
     */
    public InputStream open(String file) throws IOException {
        PrivateFiles.requireRegular(path(file));
        return Files.newInputStream(path(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Replaces a file, or makes it, in one step: after a crash it holds the old bytes or these.
     *
     * @throws StoreException if it is not replaced
     */
    public void replace(String file, byte[] content) {
        Path path = path(file);
        try {
            PrivateFiles.createDirectories(folder);
            PrivateFiles.replace(path, content);
        } catch (IOException e) {
            throw new StoreException("%s cannot be written: %s".formatted(path, e), e);
        }
    }

    /** How many bytes a file has; 0 if it is not there. */
    public long size(String file) {
        try {
            return Files.size(path(file));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(path(file), e), e);
        }
    }

    /** Gives a file another name, which none must have. False if it is not there. */
    public boolean rename(String from, String to) {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.forceDirectory(folder);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StoreException("%s cannot be renamed to %s: %s".formatted(path(from), to, e), e);
        }
    }

    /** Removes a file, if it is there. */
    public void remove(String file) {
        try {
            if (Files.deleteIfExists(path(file))) {
                PrivateFiles.forceDirectory(folder);
            }
        } catch (IOException e) {
            throw new StoreException("%s cannot be removed: %s".formatted(path(file), e), e);
        }
    }

    /** Where a file is, for messages. */
    public Path path(String file) {
        return folder.resolve(requireName(file));
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "file name: expected letters, digits, '.', '_' and '-', found '" + name + "'");
        }
        return name;
    }
}
