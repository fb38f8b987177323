package dev.affidavit.forward.syslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the frames of RELP, {@code TXNR SP COMMAND SP DATALEN [SP DATA] LF}, as their bytes arrive. */
final class RelpAnswers implements Answers {
    private static final int MAX_NUMBER = 999_999_999;
    private static final int MAX_COMMAND = 32;
    /** More than any offer; a receiver must not make us take memory without limit. */
    private static final int MAX_DATA = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final Reader reader;
    private final StringBuilder command = new StringBuilder();
    private byte[] data = NOTHING;
    private int received;

    private Part part = Part.TRANSACTION;
    private int digits;
    private int transaction;
    private int length;

    RelpAnswers(Reader reader) {
        this.reader = reader;
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (part == Part.DATA) {
                takeData(bytes);
            } else {
                take(bytes.get());
            }
        }
    }

    private void takeData(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), length - received);
        bytes.get(data, received, count);
        received += count;
        if (received == length) {
            part = Part.END;
        }
    }

    private void take(byte b) throws IOException {
        switch (part) {
            case TRANSACTION -> {
                if (b == ' ' && digits > 0) {
                    part = Part.COMMAND;
                    digits = 0;
                } else {
                    transaction = number(transaction, b, MAX_NUMBER);
                }
            }
            case COMMAND -> {
                if (b == ' ' && !command.isEmpty()) {
                    part = Part.LENGTH;
                } else {
                    int letter = b | 0x20; // in lower case
                    require(letter >= 'a' && letter <= 'z' && command.length() < MAX_COMMAND, b);
                    command.append((char) b);
                }
            }
            case LENGTH -> {
                if (b == ' ' && digits > 0 && length > 0) {
                    part = Part.DATA;
                    data = new byte[length];
                } else if (b == '\n' && digits > 0 && length == 0) {
                    finish();
                } else if (b == ' ' && digits > 0) {
                    part = Part.END; // some write the space though no data follows
                } else {
                    length = number(length, b, MAX_DATA);
                }
            }
            default -> { // the end: data is taken at once
                require(b == '\n', b);
                finish();
            }
        }
    }

    private int number(int soFar, byte b, int max) throws IOException {
        require(b >= '0' && b <= '9', b);
        long number = soFar * 10L + (b - '0');
        require(number <= max && ++digits <= 9, b);
        return (int) number;
    }

    private static void require(boolean holds, byte found) throws IOException {
        if (!holds) {
            throw new IOException(
                    "expected a frame of RELP, found byte 0x%02x where there can be none".formatted(found));
        }
    }

    private void finish() throws IOException {
        String name = command.toString();
        String text = new String(data, StandardCharsets.UTF_8);
        int number = transaction;
        part = Part.TRANSACTION;
        digits = 0;
        transaction = 0;
        length = 0;
        command.setLength(0);
        data = NOTHING;
        received = 0;
        reader.frame(number, name, text);
    }

    /** Where in a frame the next byte belongs. */
    private enum Part {
        TRANSACTION,
        COMMAND,
        LENGTH,
        DATA,
        END
    }

    /** Who is told of a frame. */
    interface Reader {
        void frame(int transaction, String command, String data) throws IOException;
    }
}
