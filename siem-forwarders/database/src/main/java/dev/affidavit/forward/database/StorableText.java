package dev.affidavit.forward.database;

/** Texts as every database holds them: without NUL, and without halves of characters. */
final class StorableText {
    private StorableText() {}

    /** The text with what cannot be held written as its JSON escape; the same object if there is nothing such. */
    static String of(String text) {
        int first = firstUnstorable(text, 0);
        if (first < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int at = first; at >= 0; at = firstUnstorable(text, from)) {
            out.append(text, from, at).append("\\u%04x".formatted((int) text.charAt(at)));
            from = at + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int firstUnstorable(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** The first {@code limit} characters and a mark, if the text has more; the same object if it has not. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "…[cut, %d characters]".formatted(text.length());
    }
}
