package dev.affidavit.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that holds keys: for few to read. Links are followed, since containers are given secrets by links. */
final class KeyFile {
    /** More than any text of a key or store of keys has; this bounds what a wrong path can make us read. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private KeyFile() {}

    static String text(String path) throws IOException {
        try {
            return StandardCharsets.US_ASCII
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(path)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("expected a key as text, found bytes that are no ASCII. Write it in base64", e);
        }
    }

    static byte[] bytes(String path) throws IOException {
        Path file = path(path);
        if (!Files.exists(file)) {
            throw new IOException("expected a file, found none");
        }
        if (!Files.isRegularFile(file)) { // a pipe or a device could keep us for ever
            throw new IOException("expected a regular file, found something else");
        }
        requirePrivate(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("expected at most %d bytes, found more".formatted(MAX_BYTES));
            }
            return bytes;
        } catch (AccessDeniedException e) {
            throw new IOException("expected a file that this process may read, found one that it may not", e);
        }
    }

    private static Path path(String path) throws IOException {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IOException("expected a path, found none", e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (TOO_OPEN.stream().anyMatch(permissions::contains)) {
            throw new IOException(
                    "expected a file that others may not read or write, found %s. chmod 600 it, and replace the key if others have read it"
                            .formatted(PosixFilePermissions.toString(permissions)));
        }
    }
}
