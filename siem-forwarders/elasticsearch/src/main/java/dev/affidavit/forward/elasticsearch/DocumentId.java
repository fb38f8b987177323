package dev.affidavit.forward.elasticsearch;

import dev.affidavit.spi.ForwardedLine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The {@code _id} of a line: the same each time it is sent, so that the server keeps it once. It is made of the log's id, the
 * event's, and the first digits of the line's SHA-256, for a server takes what comes second under one {@code _id} for a repeat,
 * and a forged line under the id of an event must not pass for it. A line without an id of ours has its whole hash instead.
 */
final class DocumentId {
    private static final Pattern EVENT_ID = Pattern.compile("evt_\\d{1,20}_\\d{1,20}");
    /** 64 bits: within one event id, there are no others to meet. */
    private static final int HASH_BYTES = 8;

    private DocumentId() {}

    static String of(String logId, ForwardedLine line) {
        byte[] hash = sha256(line.json());
        String id = line.id();
        return id != null && EVENT_ID.matcher(id).matches()
                ? logId + '-' + id + '-' + HexFormat.of().formatHex(hash, 0, HASH_BYTES)
                : logId + '-' + HexFormat.of().formatHex(hash);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
