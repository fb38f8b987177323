package dev.affidavit.forward.syslog;

import java.io.IOException;

/** How a receiver tells one message of a stream from the next (RFC 6587). */
enum Framing {
    /** The length goes before the message. */
    OCTET_COUNTING {
        @Override
        void write(Message message, TcpConnection connection) throws IOException {
            connection.write(
                    new AsciiText(USUAL_LENGTH).add(message.length()).add(' ').toBytes());
            connection.write(message.head());
            connection.write(message.line());
        }
    },

    /** A line feed goes behind the message. What would end it earlier, which a line of JSON never holds, becomes a space. */
    LF {
        @Override
        void write(Message message, TcpConnection connection) throws IOException {
            connection.write(message.head());
            connection.write(withoutEnds(message.line()));
            connection.write((byte) '\n');
        }
    };

    private static final int USUAL_LENGTH = "1000000 ".length();

    abstract void write(Message message, TcpConnection connection) throws IOException;

    private static byte[] withoutEnds(byte[] line) {
        byte[] result = line;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r' || line[i] == 0) {
                if (result == line) {
                    result = line.clone();
                }
                result[i] = ' ';
            }
        }
        return result;
    }
}
