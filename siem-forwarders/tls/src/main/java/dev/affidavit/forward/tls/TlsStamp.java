package dev.affidavit.forward.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the files of {@link TlsOptions} are at some time: equal to another one as long as none was renewed between. For a client that
 * goes on making connections from one context. Immutable.
 */
public final class TlsStamp {
    private final List<FileState> states;

    private TlsStamp(List<FileState> states) {
        this.states = List.copyOf(states);
    }

    static TlsStamp of(List<Path> files) throws TlsFileException {
        List<FileState> states = new ArrayList<>();
        for (Path file : files) {
            states.add(FileState.of(file));
        }
        return new TlsStamp(states);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsStamp stamp && stamp.states.equals(states);
    }

    @Override
    public int hashCode() {
        return states.hashCode();
    }

    /** Of a file that is written anew one of these changes at least; of one that another takes the place of, the key. */
    private record FileState(Path file, FileTime modified, long size, String key) {
        static FileState of(Path file) throws TlsFileException {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new FileState(file, found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
            } catch (IOException e) {
                throw TlsFileException.unreadable(file, e);
            }
        }
    }
}
