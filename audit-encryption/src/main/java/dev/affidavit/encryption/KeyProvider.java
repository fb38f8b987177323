package dev.affidavit.encryption;

import java.io.IOException;

/**
 * A kind of place in which keys are kept, such as a key management service. Found by {@link java.util.ServiceLoader};
 * needs a public constructor without parameters. Keys are then referred to as {@code scheme:name}.
 *
 * <p>Whatever holds the key, a line's content key must be encrypted as {@link KeyEncryptionKey} says, so that any JOSE
 * library opens the line with the key. There are two ways. A service that gives out a key, perhaps decrypting it first,
 * has it in memory from then on: {@link KeyEncryptionKey#of}. One that does AES-256-GCM itself, with an IV of 96 bits and
 * without additional data, never lets go of the key: the provider returns an implementation that calls it.
 */
public interface KeyProvider {
    /**
     * What references begin with: a lower-case letter, then lower-case letters, digits and hyphens. Not {@code env},
     * {@code file}, {@code sys} or {@code pkcs12}.
     */
    String scheme();

    /**
     * Opens a key. May block, but must not wait for a service without a limit. The key is tried before it is used: it
     * encrypts a content key and decrypts it again.
     *
     * @return a key that can be used for as long as the process runs
     * @throws IOException if it cannot be had; the message says what was expected, what was found and what to do, and
     *     nothing of the key or the secret
     */
    KeyEncryptionKey open(KeyRequest request) throws IOException;
}
