package dev.affidavit.encryption;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/** A key that encrypts lines, with itself as its key encryption key encrypts it. */
record ContentKey(AesKey key, WrappedKey wrapped) {
    static ContentKey random(KeyRing keys, SecureRandom random) throws EncryptionKeyException {
        AesKey key = AesKey.random(random);
        byte[] bytes = key.getEncoded();
        try {
            return new ContentKey(key, keys.current().wrap(bytes, random));
        } catch (IOException | RuntimeException e) {
            key.destroy();
            throw new EncryptionKeyException(
                    "key %s, %s: expected it to encrypt a content key, found: %s. Lines cannot be encrypted until it does"
                            .formatted(keys.currentId(), keys.current(), e),
                    e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    void destroy() {
        key.destroy();
    }
}
