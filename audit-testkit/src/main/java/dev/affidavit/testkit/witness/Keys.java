package dev.affidavit.testkit.witness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Keys of Ed25519 as C2SP signed-note writes them, with nothing of the product in it. */
final class Keys {
    static final byte NOTE = 1;
    static final byte COSIGNATURE = 4;

    /** RFC 8410: what stands before the 32 bytes of a public key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Keys() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
    }

    static PublicKey ofBytes(byte[] key) {
        byte[] encoded = ByteBuffer.allocate(X509_PREFIX.length + key.length)
                .put(X509_PREFIX)
                .put(key)
                .array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static int id(String name, byte type, byte[] key) {
        byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(head.length + 1 + key.length)
                .put(head)
                .put(type)
                .put(key)
                .array();
        return ByteBuffer.wrap(sha256(all)).getInt();
    }

    /** {@code name+id+key}. */
    static String text(String name, byte type, byte[] key) {
        byte[] typed = ByteBuffer.allocate(1 + key.length).put(type).put(key).array();
        return "%s+%08x+%s"
                .formatted(name, id(name, type, key), Base64.getEncoder().encodeToString(typed));
    }

    static byte[] sign(KeyPair key, String message) {
        try {
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(key.getPrivate());
            signing.update(message.getBytes(StandardCharsets.UTF_8));
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verifies(PublicKey key, String message, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(key);
            verifying.update(message.getBytes(StandardCharsets.UTF_8));
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
