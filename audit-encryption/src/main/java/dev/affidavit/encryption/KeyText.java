package dev.affidavit.encryption;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A key as text: hexadecimal, base64, base64url or a JWK. No message shows any of it. */
final class KeyText {
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+={0,2}");
    private static final int BITS = 8 * AesKey.BYTES;
    private static final String EXPECTED =
            "expected a key of %d bits, as 64 hexadecimal digits, base64, base64url or a JWK with kty oct"
                    .formatted(BITS);
    private static final String MAKE_ONE = ". Make one with: openssl rand -base64 32";

    private KeyText() {}

    static KeyEncryptionKey parse(String keyId, String text) throws IOException {
        byte[] bytes = bytes(keyId, text.strip());
        try {
            return key(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** @param bytes which the caller overwrites */
    static KeyEncryptionKey key(byte[] bytes) throws IOException {
        if (bytes.length != AesKey.BYTES) {
            throw new IOException("%s, found one of %d bits%s".formatted(EXPECTED, 8L * bytes.length, MAKE_ONE));
        }
        requireRandom(bytes);
        return KeyEncryptionKey.of(bytes);
    }

    /** Random bytes are neither of these in the life of the world. */
    private static void requireRandom(byte[] bytes) throws IOException {
        boolean equal = true;
        boolean printable = true;
        for (byte b : bytes) {
            equal &= b == bytes[0];
            printable &= b >= ' ' && b < 0x7f;
        }
        if (equal) {
            throw new IOException("expected a random key, found one whose bytes are all equal" + MAKE_ONE);
        }
        if (printable) {
            throw new IOException("expected a random key, found a text such as a passphrase in its place" + MAKE_ONE);
        }
    }

    private static byte[] bytes(String keyId, String text) throws IOException {
        if (text.startsWith("{")) {
            return jwk(keyId, text);
        }
        // 64 digits are base64 of 384 bits too, which no key has here.
        if (HEX.matcher(text).matches() && (text.length() == 2 * AesKey.BYTES || text.length() == AesKey.BYTES)) {
            return HexFormat.of().parseHex(text);
        }
        try {
            if (BASE64.matcher(text).matches()) {
                return Base64.getDecoder().decode(text);
            }
            if (BASE64URL.matcher(text).matches()) {
                return Base64.getUrlDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) { // its message shows a character
            throw unreadable(text);
        }
        if (text.length() == AesKey.BYTES) {
            throw new IOException("%s, found 32 characters that are none of these, perhaps a passphrase%s"
                    .formatted(EXPECTED, MAKE_ONE));
        }
        throw unreadable(text);
    }

    private static IOException unreadable(String text) {
        return new IOException("%s, found a text of %d characters that is none of these%s"
                .formatted(EXPECTED, text.length(), MAKE_ONE));
    }

    private static byte[] jwk(String keyId, String text) throws IOException {
        OctetSequenceKey key;
        try {
            key = OctetSequenceKey.parse(text);
        } catch (ParseException | RuntimeException e) { // not as the cause: it may show the key
            throw new IOException("expected a JWK with kty oct and k, found one that cannot be read so");
        }
        if (key.getKeyID() != null && !key.getKeyID().equals(keyId)) {
            throw new IOException("expected a JWK of this kid or of none, found kid " + Shown.of(key.getKeyID()));
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(JWEAlgorithm.A256GCMKW)) {
            throw new IOException("expected a JWK for alg A256GCMKW or without alg, found "
                    + Shown.of(key.getAlgorithm().getName()));
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.ENCRYPTION)) {
            throw new IOException("expected a JWK for use enc or without use, found "
                    + Shown.of(key.getKeyUse().identifier()));
        }
        return key.toByteArray();
    }
}
