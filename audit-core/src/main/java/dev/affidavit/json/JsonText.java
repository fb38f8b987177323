package dev.affidavit.json;

/**
 * Writes text as a JSON string (RFC 8259) that stays one harmless line wherever it is shown: beside what JSON demands,
 * it escapes C1 controls, line and paragraph separators, bidirectional controls and zero-width characters. A lone
 * surrogate is written as its escape, so that no two texts become the same bytes.
 */
final class JsonText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** For ASCII: 0 as it is, 'u' by its number, any other by that letter. */
    private static final byte[] ESCAPE = new byte[128];

    static {
        for (int c = 0; c < 0x20; c++) {
            ESCAPE[c] = 'u';
        }
        ESCAPE[0x7f] = 'u';
        ESCAPE['"'] = '"';
        ESCAPE['\\'] = '\\';
        ESCAPE['\b'] = 'b';
        ESCAPE['\f'] = 'f';
        ESCAPE['\n'] = 'n';
        ESCAPE['\r'] = 'r';
        ESCAPE['\t'] = 't';
    }

    /** Characters that are looked at together. */
    private static final int STEP = 4;

    private JsonText() {}

    /** Writes {@code text} in quotes. */
    static void writeQuoted(LineBuffer out, String text) {
        int end = text.length();
        byte[] to = out.room(end + 2);
        int at = out.length();
        to[at] = '"';
        int plain = copyPlain(text, end, to, at + 1);
        if (plain == end) {
            to[at + 1 + end] = '"';
            out.advance(end + 2);
        } else {
            out.advance(1 + plain);
            writeEach(out, text, plain, end);
            out.write('"');
        }
    }

    /** Writes the characters of {@code text} up to {@code end}, without quotes. */
    static void write(LineBuffer out, String text, int end) {
        int plain = copyPlain(text, end, out.room(end), out.length());
        out.advance(plain);
        writeEach(out, text, plain, end);
    }

    /**
     * Copies characters up to the first that is not one byte of the line as it is; most texts have none. Tells how many.
     * Most of the time that an event takes is spent here: all are copied at once, and looked at in steps, without a branch for each.
     */
    @SuppressWarnings("deprecation") // getBytes drops the upper half of a character, which is not plain then
    private static int copyPlain(String text, int end, byte[] to, int at) {
        text.getBytes(0, end, to, at);
        int odd = 0;
        if (end < STEP) {
            for (int i = 0; i < end; i++) {
                odd |= oddity(text.charAt(i));
            }
        } else {
            for (int i = 0; i < end - STEP; i += STEP) {
                odd |= oddityOfStep(text, i);
            }
            odd |= oddityOfStep(text, end - STEP); // some of them twice: faster than a loop for the rest
        }
        return odd == 0 ? end : plainCharacters(text);
    }

    private static int oddityOfStep(String text, int from) {
        return oddity(text.charAt(from))
                | oddity(text.charAt(from + 1))
                | oddity(text.charAt(from + 2))
                | oddity(text.charAt(from + 3));
    }

    /** How many there are before the first that is not; there is one. */
    private static int plainCharacters(String text) {
        int i = 0;
        while (oddity(text.charAt(i)) == 0) {
            i++;
        }
        return i;
    }

    /** 0 for what is one byte of the line as it is. */
    private static int oddity(char c) {
        return ESCAPE[c & 0x7f] | c >> 7;
    }

    private static void writeEach(LineBuffer out, String text, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                writeAscii(out, c);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                writePair(out, c, text.charAt(++i));
            } else if (Character.isSurrogate(c) || isHidden(c)) {
                writeNumber(out, c);
            } else if (c < 0x800) {
                out.write(0xc0 | (c >> 6));
                out.write(0x80 | (c & 0x3f));
            } else {
                out.write(0xe0 | (c >> 12));
                out.write(0x80 | ((c >> 6) & 0x3f));
                out.write(0x80 | (c & 0x3f));
            }
        }
    }

    private static void writeAscii(LineBuffer out, char c) {
        byte escape = ESCAPE[c];
        if (escape == 0) {
            out.write(c);
        } else if (escape == 'u') {
            writeNumber(out, c);
        } else {
            out.write('\\');
            out.write(escape);
        }
    }

    private static void writePair(LineBuffer out, char high, char low) {
        int codePoint = Character.toCodePoint(high, low);
        if (isHidden(codePoint)) {
            writeNumber(out, high);
            writeNumber(out, low);
            return;
        }
        out.write(0xf0 | (codePoint >> 18));
        out.write(0x80 | ((codePoint >> 12) & 0x3f));
        out.write(0x80 | ((codePoint >> 6) & 0x3f));
        out.write(0x80 | (codePoint & 0x3f));
    }

    private static void writeNumber(LineBuffer out, char c) {
        out.write('\\');
        out.write('u');
        out.write(HEX[c >> 12]);
        out.write(HEX[(c >> 8) & 0xf]);
        out.write(HEX[(c >> 4) & 0xf]);
        out.write(HEX[c & 0xf]);
    }

    /** Characters outside ASCII that move, hide or break what is around them, or cannot be seen themselves. */
    private static boolean isHidden(char c) {
        return c <= 0x9f
                || c == 0x00ad
                || c == 0x061c
                || c == 0x180e
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb);
    }

    /** Tags and variation selectors: whole texts can be written in them that nobody sees. */
    private static boolean isHidden(int codePoint) {
        return codePoint >= 0xe0000 && codePoint <= 0xe0fff;
    }
}
