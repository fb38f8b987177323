package dev.affidavit.examples.shop;

import java.time.Instant;

/**
 * A login, until it ends.
 *
 * @param key the digest of the session's secret token
 * @param address where the login came from
 * @param userAgent what it came with
 */
record Session(String key, String username, String address, String userAgent, Instant lastUsed) {
    private static final int ID_DIGITS = 16;

    /**
     * What stands in the audit log. Not the token: who reads the log, or the SIEM, must not be able to go on with a session
     * of somebody else. The beginning of its digest names the session as well and lets nobody in.
     */
    String id() {
        return "sess_" + key.substring(0, ID_DIGITS);
    }

    Session usedAt(Instant when) {
        return new Session(key, username, address, userAgent, when);
    }
}
