package dev.affidavit.encryption;

import java.io.IOException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/**
 * A key of 256 bits that encrypts content keys, as {@code A256GCMKW} does (RFC 7518, section 4.7): AES-256-GCM with an IV
 * of 96 bits and a tag of 128, without additional data. {@link #of} is one in memory; a key that stays in a key management
 * service is another implementation, which has that service encrypt and decrypt 32 bytes.
 *
 * <p>Implementations are thread-safe, and show nothing of the key or of content keys in {@code toString} or exceptions.
 * A content key is wrapped for each segment and each start, and unwrapped once by each reader that meets it. IVs are
 * random: a key is to be replaced before it has wrapped 2^32 content keys.
 */
public interface KeyEncryptionKey {
    /** How many bytes a key has, of either kind. */
    int BYTES = AesKey.BYTES;

    /**
     * Encrypts a content key. May block; a log that is being written waits for it unless {@link LineEncrypter#prepare()}
     * went before.
     *
     * @param contentKey {@value #BYTES} bytes, which the caller overwrites afterwards; not to be kept
     * @param random for an IV, where the implementation makes its own
     * @throws IOException if the key cannot be used now: the service does not answer, or refuses
     */
    WrappedKey wrap(byte[] contentKey, SecureRandom random) throws IOException;

    /**
     * Decrypts a content key. May block.
     *
     * @return {@value #BYTES} bytes, which the caller overwrites
     * @throws AEADBadTagException if this key did not wrap it, or it was changed since
     * @throws IOException if the key cannot be used now: the service does not answer, or refuses
     */
    byte[] unwrap(WrappedKey wrapped) throws IOException, AEADBadTagException;

    /**
     * The key of these bytes, of which it keeps a copy.
     *
     * @throws IllegalArgumentException if they are not {@value #BYTES}
     */
    static KeyEncryptionKey of(byte[] key) {
        return new LocalKey(AesKey.of(key));
    }
}
