package dev.affidavit.forward.syslog;

/**
 * A message of RFC 5424.
 *
 * @param head all that stands before the line
 * @param line the line, as it is to be sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(byte[] head, byte[] line) {
    int length() {
        return head.length + line.length;
    }
}
