package dev.affidavit.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256 and nothing else: what the product is measured by. */
final class RawHash {
    private static final int BLOCK_BYTES = 1 << 16;

    private final MessageDigest digest;
    private final byte[] hash;

    private RawHash(MessageDigest digest) {
        this.digest = digest;
        this.hash = new byte[digest.getDigestLength()];
    }

    static RawHash sha256() {
        try {
            return new RawHash(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }

    /** One hash for each event. */
    Cost ofLines(byte[] line, long events) throws DigestException {
        ThreadClock clock = ThreadClock.start();
        for (long i = 0; i < events; i++) {
            digest.update(line, 0, line.length);
            digest.digest(hash, 0, hash.length);
        }
        return clock.stop(events, events * line.length);
    }

    /** One hash for each file, read in blocks. */
    Cost ofFiles(List<Path> files, long events) throws IOException, DigestException {
        ThreadClock clock = ThreadClock.start();
        long bytes = 0;
        byte[] block = new byte[BLOCK_BYTES];
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    digest.update(block, 0, read);
                    bytes += read;
                }
            }
            digest.digest(hash, 0, hash.length);
        }
        return clock.stop(events, bytes);
    }
}
