package dev.affidavit.spi;

/** How an encrypted line is told from one that is not. */
public final class EncryptedLines {
    /** The four dots of a JWE in compact form (RFC 7516, section 7.1). */
    private static final int DOTS = 4;

    private EncryptedLines() {}

    /**
     * Whether the line has the form of a JWE, whose header begins as base64url of <code>{"</code> does. A log has others too when
     * encryption was switched on or off; who can write to the file can put one in place of the other, and only a seal tells that.
     */
    public static boolean isEncrypted(byte[] line) {
        if (line.length < 3 || line[0] != 'e' || line[1] != 'y' || line[2] != 'J') {
            return false;
        }
        int dots = 0;
        for (byte b : line) {
            dots += b == '.' ? 1 : 0;
        }
        return dots == DOTS;
    }
}
