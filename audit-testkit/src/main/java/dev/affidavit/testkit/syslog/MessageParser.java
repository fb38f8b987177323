package dev.affidavit.testkit.syslog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one message by the grammar of RFC 5424, section 6, and takes nothing that is not in it. Not thread-safe. */
final class MessageParser {
    private static final Pattern HEADER = Pattern.compile(
            "<(0|[1-9]\\d{0,2})>1 (\\S+) ([!-~]{1,255}) ([!-~]{1,48})" + " ([!-~]{1,128}) ([!-~]{1,32}) ");
    private static final Pattern TIMESTAMP =
            Pattern.compile("-|\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
                    + "(\\.\\d{1,6})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)");
    private static final Pattern NAME = Pattern.compile("[!-~&&[^=\\]\"]]{1,32}");
    private static final int MAX_PRIVAL = 191;

    private final byte[] whole;
    /** Byte for byte, so that an index is the same in both. */
    private final String latin1;

    private int at;

    private MessageParser(byte[] whole) {
        this.whole = whole;
        this.latin1 = new String(whole, StandardCharsets.ISO_8859_1);
    }

    /** @throws IllegalArgumentException if the message is not one */
    static SyslogMessage parse(byte[] whole) {
        return new MessageParser(whole).message();
    }

    private SyslogMessage message() {
        Matcher header = HEADER.matcher(latin1);
        require(header.lookingAt(), "a header");
        int prival = Integer.parseInt(header.group(1));
        require(prival <= MAX_PRIVAL, "PRIVAL 0 to 191");
        require(TIMESTAMP.matcher(header.group(2)).matches(), "a TIMESTAMP");
        at = header.end();
        Map<String, Map<String, String>> data = structuredData();
        int msgFrom = at;
        if (at < whole.length) {
            require(whole[at] == ' ', "a space before MSG");
            msgFrom = at + 1;
        }
        return new SyslogMessage(
                prival / 8,
                prival % 8,
                header.group(2),
                header.group(3),
                header.group(4),
                header.group(5),
                header.group(6),
                data,
                Arrays.copyOfRange(whole, msgFrom, whole.length),
                whole);
    }

    private Map<String, Map<String, String>> structuredData() {
        Map<String, Map<String, String>> elements = new LinkedHashMap<>();
        if (next('-')) {
            return elements;
        }
        do {
            require(next('['), "'[' or '-'");
            String id = name();
            Map<String, String> parameters = new LinkedHashMap<>();
            while (next(' ')) {
                String name = name();
                require(next('=') && next('"'), "'=\"'");
                parameters.put(name, value());
            }
            require(next(']'), "']'");
            require(elements.put(id, parameters) == null, "each SD-ID once");
        } while (at < whole.length && whole[at] == '[');
        return elements;
    }

    private String name() {
        Matcher name = NAME.matcher(latin1).region(at, latin1.length());
        require(name.lookingAt(), "an SD-NAME");
        at = name.end();
        return name.group();
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        while (!next('"')) {
            require(at < whole.length && whole[at] != ']', "an escaped ']' or the end of the value");
            boolean escape = whole[at] == '\\'
                    && at + 1 < whole.length
                    && (whole[at + 1] == '"' || whole[at + 1] == '\\' || whole[at + 1] == ']');
            if (escape) {
                at++;
            }
            value.append(latin1.charAt(at++));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.toString().getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected UTF-8 in the value before byte " + at, e);
        }
    }

    private boolean next(char expected) {
        boolean is = at < whole.length && whole[at] == expected;
        if (is) {
            at++;
        }
        return is;
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("expected %s at byte %d of: %s".formatted(expected, at, latin1));
        }
    }
}
