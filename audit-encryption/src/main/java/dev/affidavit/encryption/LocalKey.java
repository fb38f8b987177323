package dev.affidavit.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** A key that is in memory. */
final class LocalKey implements KeyEncryptionKey {
    private final AesKey key;

    LocalKey(AesKey key) {
        this.key = key;
    }

    @Override
    public WrappedKey wrap(byte[] contentKey, SecureRandom random) {
        byte[] iv = new byte[WrappedKey.IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(contentKey);
            return new WrappedKey(
                    iv,
                    Arrays.copyOf(encrypted, encrypted.length - WrappedKey.TAG_BYTES),
                    Arrays.copyOfRange(encrypted, encrypted.length - WrappedKey.TAG_BYTES, encrypted.length));
        } catch (GeneralSecurityException e) {
            throw Gcm.unavailable(e);
        }
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws AEADBadTagException {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrapped.iv());
            cipher.update(wrapped.ciphertext());
            return cipher.doFinal(wrapped.tag());
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Gcm.unavailable(e);
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Gcm.cipher();
        cipher.init(mode, key, new GCMParameterSpec(Gcm.TAG_BITS, iv));
        return cipher;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalKey local && local.key.isSameAs(key);
    }

    /** Nothing of the key. */
    @Override
    public int hashCode() {
        return LocalKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "a key in memory";
    }
}
