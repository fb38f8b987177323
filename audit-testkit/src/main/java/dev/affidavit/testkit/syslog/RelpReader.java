package dev.affidavit.testkit.syslog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's side of a session of RELP, as librelp keeps it: numbers without a gap, nothing before {@code open}, nothing
 * that is not known. That the first number is 1 it does not ask.
 */
final class RelpReader implements MessageStream {
    private static final int LAST_TRANSACTION = 999_999_999;
    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final String OFFERS = "200 OK\nrelp_version=0\nrelp_software=testkit\ncommands=syslog";

    private final InputStream in;
    private final OutputStream out;
    private int transaction;
    private boolean open;

    RelpReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int number = Integer.parseInt(word((char) first + "", 9));
            require(!open || number == following(), "expected transaction %d, found %d".formatted(following(), number));
            transaction = number;
            String command = word("", 32);
            byte[] data = data();
            switch (command) {
                case "open" -> {
                    require(!open, "expected no second open");
                    open = true;
                    respond(OFFERS);
                }
                case "close" -> {
                    respond("");
                    out.write("0 serverclose 0\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    return null;
                }
                case "syslog" -> {
                    require(open, "expected open before syslog");
                    return data;
                }
                default -> throw new IllegalArgumentException("expected open, syslog or close, found " + command);
            }
        }
    }

    private int following() {
        return transaction == LAST_TRANSACTION ? 1 : transaction + 1;
    }

    private byte[] data() throws IOException {
        StringBuilder digits = new StringBuilder();
        int c = read();
        for (; c >= '0' && c <= '9'; c = read()) {
            digits.append((char) c);
        }
        int length = Integer.parseInt(digits.toString());
        require(length <= MAX_BYTES && c == (length == 0 ? '\n' : ' '), "expected data behind its length");
        if (length == 0) {
            return new byte[0];
        }
        byte[] data = in.readNBytes(length);
        if (data.length < length) {
            throw new EOFException("the stream ended within a message");
        }
        require(read() == '\n', "expected LF behind the data");
        return data;
    }

    private String word(String begun, int longest) throws IOException {
        StringBuilder word = new StringBuilder(begun);
        for (int c = read(); c != ' '; c = read()) {
            word.append((char) c);
            require(word.length() <= longest, "expected a word of %d characters at most".formatted(longest));
        }
        return word.toString();
    }

    private int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("the stream ended within a frame");
        }
        return c;
    }

    @Override
    public void answer(@Nullable String refusal) throws IOException {
        respond(refusal == null ? "200 OK" : "500 " + refusal);
    }

    private void respond(String text) throws IOException {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        String head = "%d rsp %d%s".formatted(transaction, data.length, data.length == 0 ? "" : " ");
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(data);
        out.write('\n');
        out.flush();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
