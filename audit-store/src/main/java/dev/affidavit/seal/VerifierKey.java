package dev.affidavit.seal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of an Ed25519 key, with its name: a C2SP signed-note verifier key, {@code name+id+key}. Immutable.
 */
public final class VerifierKey {
    static final String ALGORITHM = "Ed25519";
    static final byte TYPE_ED25519 = 1;
    /** Of C2SP tlog-cosignature: the same kind of key, which signs another message. */
    static final byte TYPE_COSIGNATURE = 4;

    static final int KEY_BYTES = 32;

    /** Of the field: a coordinate that is not below it would be another way to write a smaller one. */
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private static final Pattern FORM = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)");

    private final byte type;
    private final String name;
    private final byte[] key;
    private final PublicKey publicKey;

    private VerifierKey(byte type, String name, byte[] key, PublicKey publicKey) {
        this.type = type;
        this.name = name;
        this.key = key;
        this.publicKey = publicKey;
    }

    static VerifierKey of(String name, byte[] key) throws MalformedSealException {
        return of(TYPE_ED25519, name, key);
    }

    private static VerifierKey of(byte type, String name, byte[] key) throws MalformedSealException {
        if (!Text.isName(name)) {
            throw new MalformedSealException("'%s' cannot be the name of a key".formatted(Text.shown(name)));
        }
        byte[] y = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            y[i] = key[KEY_BYTES - 1 - i];
        }
        boolean xOdd = y[0] < 0;
        y[0] &= Byte.MAX_VALUE;
        if (new BigInteger(1, y).compareTo(PRIME) >= 0) {
            throw new MalformedSealException("%s: not how an Ed25519 key is written".formatted(name));
        }
        try {
            PublicKey publicKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, y))));
            return new VerifierKey(type, name, key.clone(), publicKey);
        } catch (GeneralSecurityException e) {
            throw new MalformedSealException("%s: not an Ed25519 key: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** From {@code name+id+key}. */
    public static VerifierKey parse(String text) throws MalformedSealException {
        return parse(text, TYPE_ED25519);
    }

    /** The same of a key of this type. */
    static VerifierKey parse(String text, byte type) throws MalformedSealException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new MalformedSealException(
                    "expected a public key, name+id+key, found '%s'".formatted(Text.shown(text)));
        }
        byte[] typed = Text.base64(parts.group(3));
        if (typed.length != 1 + KEY_BYTES || typed[0] != type) {
            throw new MalformedSealException("expected an Ed25519 key, %02x and 32 bytes, found %s%d bytes"
                    .formatted(type, typed.length == 0 ? "" : "%02x in ".formatted(typed[0]), typed.length));
        }
        byte[] key = new byte[KEY_BYTES];
        System.arraycopy(typed, 1, key, 0, KEY_BYTES);
        VerifierKey parsed = of(type, parts.group(1), key);
        if (!parsed.idInHex().equals(parts.group(2))) {
            throw new MalformedSealException("the id of %s is %s, not %s: a letter of the key may have been changed"
                    .formatted(parsed.name, parsed.idInHex(), parts.group(2)));
        }
        return parsed;
    }

    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name || 0x0A || type || key), as a number; the type of a key that signs notes is 1. */
    public int id() {
        MessageDigest sha256 = TreeHash.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(type);
        byte[] hash = sha256.digest(key);
        return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
    }

    String idInHex() {
        return HexFormat.of().toHexDigits(id());
    }

    /** Whether it is this key's signature over the message. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(publicKey);
            verifying.update(message);
            return verifying.verify(signature);
        } catch (SignatureException e) { // how a signature is refused that has not even the form of one
            return false;
        } catch (InvalidKeyException e) { // a point of small order, say
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has Ed25519 since 15", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** {@code name+id+key}. */
    @Override
    public String toString() {
        return name + "+" + idInHex() + "+" + Text.base64(typed(type, key));
    }

    static byte[] typed(byte type, byte[] key) {
        byte[] typed = new byte[1 + key.length];
        typed[0] = type;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }
}
