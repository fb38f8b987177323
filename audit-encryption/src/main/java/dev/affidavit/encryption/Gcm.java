package dev.affidavit.encryption;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** AES in Galois/Counter Mode, which every JDK has. */
final class Gcm {
    static final int IV_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int TAG_BITS = 8 * TAG_BYTES;

    private Gcm() {}

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static IllegalStateException unavailable(GeneralSecurityException e) {
        return new IllegalStateException("AES-256-GCM, which every JDK has, cannot be used: " + e, e);
    }
}
