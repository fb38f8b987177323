package dev.affidavit.forward.syslog;

import dev.affidavit.spi.ForwardedLine;
import java.io.ByteArrayOutputStream;

/** Makes messages of lines. Immutable. */
final class Encoder {
    private static final byte[] COOKIE = AsciiText.of("@cee: ");

    private final Header header;
    private final boolean cee;
    private final int maxMessageSize;

    /** @param maxMessageSize in bytes */
    Encoder(Header header, boolean cee, int maxMessageSize) {
        this.header = header;
        this.cee = cee;
        this.maxMessageSize = maxMessageSize;
    }

    Message message(ForwardedLine line) throws UnsendableLineException {
        byte[] head = cee ? withCookie(header.of(line)) : header.of(line);
        byte[] json = line.json();
        int room = maxMessageSize - head.length;
        return new Message(head, json.length <= room ? json : Shortening.of(json, room));
    }

    private static byte[] withCookie(byte[] head) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(head.length + COOKIE.length);
        both.writeBytes(head);
        both.writeBytes(COOKIE);
        return both.toByteArray();
    }
}
