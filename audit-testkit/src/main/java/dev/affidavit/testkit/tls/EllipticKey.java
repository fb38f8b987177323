package dev.affidavit.testkit.tls;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.util.HexFormat;

/** A private key on the curve secp256r1, with its public key in it: the JDK leaves that out, and GnuTLS wants it. */
final class EllipticKey {
    private static final int PRIVATE_BYTES = 32;
    private static final int PUBLIC_BYTES = 65;
    /** PKCS#8 up to the private number, and from there to the public point. */
    private static final byte[] HEAD =
            HexFormat.of().parseHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");

    private static final byte[] MIDDLE = HexFormat.of().parseHex("a144034200");

    private EllipticKey() {}

    static byte[] encoded(Key key, PublicKey publicKey) {
        byte[] number = ((ECPrivateKey) key).getS().toByteArray();
        byte[] point = publicKey.getEncoded();
        int length = HEAD.length + PRIVATE_BYTES + MIDDLE.length + PUBLIC_BYTES;
        return ByteBuffer.allocate(length)
                .put(HEAD)
                .position(HEAD.length + Math.max(0, PRIVATE_BYTES - number.length))
                .put(number, Math.max(0, number.length - PRIVATE_BYTES), Math.min(PRIVATE_BYTES, number.length))
                .put(MIDDLE)
                .put(point, point.length - PUBLIC_BYTES, PUBLIC_BYTES)
                .array();
    }
}
