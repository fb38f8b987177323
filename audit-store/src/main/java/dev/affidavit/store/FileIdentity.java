package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory as it was found under its name: another one may come to have that name.
 *
 * @param key of the file system: no other file has it while this one is open somewhere; null if the file system gives none
 */
record FileIdentity(Path path, @Nullable Object key) {

    /** Of what has that name now. */
    static FileIdentity of(Path path) throws IOException {
        return of(path, attributes(path));
    }

    static FileIdentity of(Path path, BasicFileAttributes attributes) {
        return new FileIdentity(path, attributes.fileKey());
    }

    static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** What another program did to it; null if it still has its name. */
    @Nullable
    String fate() throws IOException {
        try {
            return Objects.equals(key, attributes(path).fileKey())
                    ? null
                    : "%s was replaced: another one has its name".formatted(path);
        } catch (NoSuchFileException e) {
            return "%s was removed or renamed".formatted(path);
        }
    }
}
