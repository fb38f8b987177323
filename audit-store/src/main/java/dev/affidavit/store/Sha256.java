package dev.affidavit.store;

import dev.affidavit.seal.TreeHash;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The one hash of this package. */
final class Sha256 {
    private Sha256() {}

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static MessageDigest digest() {
        return TreeHash.sha256();
    }
}
