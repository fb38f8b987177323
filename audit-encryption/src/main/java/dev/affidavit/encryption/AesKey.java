package dev.affidavit.encryption;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A key of 256 bits for AES that can be overwritten, which {@link javax.crypto.spec.SecretKeySpec} cannot. What a cipher
 * made of it stays there until that cipher gets another key or is collected.
 */
final class AesKey implements SecretKey {
    static final int BYTES = 32;

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private transient volatile boolean destroyed;

    private AesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key of a copy of these bytes. */
    static AesKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected %d bytes, found %d".formatted(BYTES, bytes.length));
        }
        return new AesKey(bytes.clone());
    }

    static AesKey random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new AesKey(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, to be overwritten by who asks for it. */
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key was destroyed");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    boolean isSameAs(AesKey other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(AesKey.class.getName());
    }

    @Override
    public String toString() {
        return "an AES key of 256 bits";
    }
}
