package dev.affidavit.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** An Ed25519 key that signs notes. Nothing but {@link #secretText} shows its private half. */
public final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";
    /** Name, id, key; of these the last can have a plus in it. */
    private static final int PARTS = 3;

    private final PrivateKey privateKey;
    private final VerifierKey verifierKey;

    private SigningKey(PrivateKey privateKey, VerifierKey verifierKey) {
        this.privateKey = privateKey;
        this.verifierKey = verifierKey;
    }

    /**
     * A new key of this name.
     *
     * @throws IllegalArgumentException if that cannot be the name of a key: it is empty, or has a space, a plus or a control
     *     character
     */
    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[VerifierKey.KEY_BYTES];
        random.nextBytes(seed);
        try {
            return ofSeed(name, seed);
        } catch (MalformedSealException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** From what {@link #secretText} gave. */
    public static SigningKey parse(String secretText) throws MalformedSealException {
        String[] parts = secretText.startsWith(PREFIX)
                ? secretText.substring(PREFIX.length()).split("\\+", PARTS)
                : new String[0];
        if (parts.length != PARTS) {
            throw new MalformedSealException(
                    "expected a private key, " + PREFIX + "name+id+key"); // and never what was found
        }
        byte[] typed;
        try {
            typed = Text.base64(parts[2]);
        } catch (MalformedSealException e) {
            throw new MalformedSealException("the private key is not base64");
        }
        if (typed.length != 1 + VerifierKey.KEY_BYTES || typed[0] != VerifierKey.TYPE_ED25519) {
            throw new MalformedSealException(
                    "expected a private key of Ed25519, 01 and 32 bytes, found %d bytes".formatted(typed.length));
        }
        byte[] seed = Arrays.copyOfRange(typed, 1, typed.length);
        try {
            SigningKey parsed = ofSeed(parts[0], seed);
            if (!parsed.verifierKey.idInHex().equals(parts[1])) {
                throw new MalformedSealException("the id of the private key of %s is not that of its bytes"
                        .formatted(parsed.verifierKey.name()));
            }
            return parsed;
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(typed, (byte) 0);
        }
    }

    /** The JDK derives a public key when it makes a pair, and only then: from the 32 bytes that it is given as random. */
    private static SigningKey ofSeed(String name, byte[] seed) throws MalformedSealException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(VerifierKey.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            KeyPair pair = generator.generateKeyPair();
            if (!Arrays.equals(seed(pair.getPrivate()), seed)) {
                throw new IllegalStateException("%s of this Java makes keys in another way than from 32 random bytes"
                        .formatted(generator.getProvider()));
            }
            return new SigningKey(pair.getPrivate(), VerifierKey.of(name, encoded((EdECPublicKey) pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has Ed25519 since 15", e);
        }
    }

    private static byte[] seed(PrivateKey key) {
        return ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalStateException("a key in hardware cannot be stored"));
    }

    /** RFC 8032, section 5.1.2. */
    private static byte[] encoded(EdECPublicKey key) {
        byte[] y = key.getPoint().getY().toByteArray();
        byte[] encoded = new byte[VerifierKey.KEY_BYTES];
        for (int i = 0; i < Math.min(y.length, encoded.length); i++) {
            encoded[i] = y[y.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[encoded.length - 1] |= (byte) 0x80;
        }
        return encoded;
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** Of the message, 64 bytes. */
    byte[] sign(String message) {
        try {
            Signature signing = Signature.getInstance(VerifierKey.ALGORITHM);
            signing.initSign(privateKey);
            signing.update(message.getBytes(StandardCharsets.UTF_8));
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has Ed25519 since 15", e);
        }
    }

    /** {@code PRIVATE+KEY+name+id+key}: the secret itself, to be stored and never shown. */
    public String secretText() {
        return PREFIX + verifierKey.name() + "+" + verifierKey.idInHex() + "+"
                + Text.base64(VerifierKey.typed(VerifierKey.TYPE_ED25519, seed(privateKey)));
    }

    /** The public half. */
    @Override
    public String toString() {
        return verifierKey.toString();
    }

    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] given;

        GivenBytes(byte[] given) {
            super(null, null);
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, bytes.length);
        }
    }
}
