package dev.affidavit.seal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The characters that statements are made of; what can be written in two ways is refused. */
final class Text {
    /** Of what was found, in a message. */
    private static final int MAX_SHOWN = 100;

    private Text() {}

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] base64(String text) throws MalformedSealException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedSealException("expected base64, found '%s'".formatted(shown(text)), e);
        }
        if (!base64(bytes).equals(text)) {
            throw new MalformedSealException("'%s' is not how its bytes are written in base64".formatted(shown(text)));
        }
        return bytes;
    }

    /** UTF-8 to the byte, of lines without control characters. */
    static String decode(byte[] bytes) throws MalformedSealException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedSealException("expected UTF-8", e);
        }
        requireLines(text);
        return text;
    }

    static void requireLines(String text) throws MalformedSealException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && Character.isISOControl(c)) {
                throw new MalformedSealException("found a control character, U+%04X".formatted((int) c));
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedSealException("found half a character: a surrogate alone");
        }
    }

    /** Whether it can be a value: one line without control characters, and not empty. */
    static boolean isValue(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    /** A name of a key, or an origin: no spaces, no plus (C2SP signed-note). */
    static boolean isName(String text) {
        return isValue(text)
                && text.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    static long number(String text) throws MalformedSealException {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number < 0 || !Long.toString(number).equals(text)) {
            throw new MalformedSealException("expected a number, found '%s'".formatted(shown(text)));
        }
        return number;
    }

    static String shown(String text) {
        String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
