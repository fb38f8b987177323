package dev.affidavit.benchmarks;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with random IVs and base64url of what comes of it, and nothing else: what the product is measured by. */
final class RawGcm {
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    private final byte[] iv = new byte[IV_BYTES];
    private final SecretKey key;
    private final Cipher cipher;
    private final byte[] line;
    private final byte[] additional;
    private final byte[] encrypted;
    private final byte[] text;

    /**
     * For a line that ends with {@code \n}, which is not encrypted.
     *
     * @param additional what is authenticated with it; may be empty
     */
    RawGcm(byte[] line, byte[] additional) throws GeneralSecurityException {
        byte[] keyBytes = new byte[KEY_BYTES];
        random.nextBytes(keyBytes);
        this.key = new SecretKeySpec(keyBytes, "AES");
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        this.line = line.clone();
        this.additional = additional.clone();
        this.encrypted = new byte[line.length - 1 + TAG_BYTES];
        this.text = new byte[base64.encode(encrypted).length];
    }

    Cost encrypt(long events) throws GeneralSecurityException {
        ThreadClock clock = ThreadClock.start();
        for (long i = 0; i < events; i++) {
            random.nextBytes(iv);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
            cipher.updateAAD(additional);
            cipher.doFinal(line, 0, line.length - 1, encrypted, 0);
            base64.encode(encrypted, text);
        }
        return clock.stop(events, events * line.length);
    }
}
