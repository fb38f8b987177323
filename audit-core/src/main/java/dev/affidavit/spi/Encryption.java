package dev.affidavit.spi;

import java.nio.file.Path;
import java.util.Set;

/**
 * The keys of a log, as they are configured. Equal to another with the same keys under the same ids; {@code toString} shows ids
 * and references alone. Thread-safe.
 */
public interface Encryption {
    /** The id of the key that encrypts what is written from now on. */
    String keyId();

    /** The ids of all keys: each of them decrypts. */
    Set<String> keyIds();

    /**
     * Encrypts lines of a log. Touches no key before there is a line.
     *
     * @param logId as in {@link LogIdentity}; lines are bound to it
     */
    Encrypter encrypter(String logId);

    /**
     * Decrypts lines of a log. Touches no key before there is a line.
     *
     * @param logDirectory where the log is: it tells which lines were copied from one file to another
     */
    Decrypter decrypter(Path logDirectory, String logId);
}
