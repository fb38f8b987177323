package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that hold secret keys: nothing that others could have read or put there is used. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Its bytes; no message shows any of them. */
    static byte[] read(Path file) throws IOException {
        byte[] bytes = PrivateFiles.readSmall(file);
        if (PrivateFiles.isPosix(file)) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (!OWNER.containsAll(mode)) {
                throw new IOException(
                        "%s holds a secret key and has mode %s; expected rw-------. If others may have read it, begin a new log; if not, run: chmod 600 %s"
                                .formatted(file, PosixFilePermissions.toString(mode), file));
            }
        }
        return bytes;
    }
}
