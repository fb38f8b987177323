package dev.affidavit.testkit.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message of RFC 5424. A header field that is {@code -} in the message is {@code -} here.
 *
 * @param structuredData the parameters, unescaped, by element and name; empty for {@code -}
 * @param msg the bytes of MSG; not to be changed
 * @param whole the bytes of the message; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SyslogMessage(
        int facility,
        int severity,
        String timestamp,
        String hostname,
        String appName,
        String procId,
        String msgId,
        Map<String, Map<String, String>> structuredData,
        byte[] msg,
        byte[] whole) {
    /** MSG as text. */
    public String text() {
        return new String(msg, StandardCharsets.UTF_8);
    }

    /** The whole message as text. */
    @Override
    public String toString() {
        return new String(whole, StandardCharsets.UTF_8);
    }
}
