package dev.affidavit.store;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The public keys of a sealed log, as its directory has them: what to keep off the host when the log begins. They are worth what
 * the host is worth at that moment. Immutable.
 *
 * @param logKey of which the name is the origin of the log
 * @param firstEpochKey the key of epoch 1
 */
public record LogKeys(VerifierKey logKey, VerifierKey firstEpochKey) {

    /**
     * Makes the keys of a log before its first writer, which then takes them up: so that they can be kept off the host before the
     * first event. Makes the directory if it is missing.
     *
     * @param origin as in {@link SealOptions}, of the writer to come
     * @throws IllegalArgumentException if it is none
     * @throws StoreException if the directory cannot be used, has keys, lines or seals, or a writer; nothing is changed then
     */
    public static LogKeys create(Path directory, String origin) {
        return NewKeys.create(directory, SealOptions.of(origin), Environment.real());
    }

    /**
     * Of the log in {@code directory}, which a writer or {@link #create} must have made. Reads the secret log key, as the user that
     * the log belongs to may, and gives its public half alone.
     *
     * @throws StoreException if that is no log or not a sealed one, or a key is missing, damaged, or may be read by others
     */
    public static LogKeys of(Path directory) {
        LogDirectory log = LogDirectory.existing(directory);
        try {
            List<SegmentName> sealed = log.seals();
            if (sealed.isEmpty() && !KeyFile.exists(LogKey.file(log))) {
                throw new StoreException(
                        "%s is a log without seals: it has no keys. Its writer makes them unless its seals are turned off"
                                .formatted(directory));
            }
            VerifierKey logKey = LogKey.read(log).verifierKey();
            return new LogKeys(logKey, firstEpochKey(log, sealed, logKey));
        } catch (IOException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is kept of the seals of removed segments begins with the first one of all. */
    private static VerifierKey firstEpochKey(LogDirectory log, List<SegmentName> sealed, VerifierKey logKey)
            throws IOException {
        if (sealed.isEmpty() && !KeyFile.exists(log.prunedSeals())) {
            SigningKey made = EpochKeys.in(log, new RealDisk()).first(logKey.name());
            if (made != null) {
                return made.verifierKey();
            }
        }
        Path oldest =
                KeyFile.exists(log.prunedSeals()) || sealed.isEmpty() ? log.prunedSeals() : log.seal(sealed.get(0));
        try (SealReader seal = SealReader.of(PrivateFiles.reading(oldest))) {
            SignedStatement first = seal.next();
            if (first != null
                    && first.statement() instanceof SegmentStart start
                    && start.epoch() == 1
                    && first.note().isSignedBy(logKey)
                    && first.note().isSignedBy(start.key())) {
                return start.key();
            }
            throw new IOException(
                    "%s does not begin with epoch 1, signed by its key and the log key: verify the log with the keys that were kept when it began"
                            .formatted(oldest));
        } catch (MalformedSealException e) {
            throw new IOException("%s is damaged, verify the log: %s".formatted(oldest, e.getMessage()), e);
        }
    }
}
