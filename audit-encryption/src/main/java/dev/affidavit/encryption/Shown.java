package dev.affidavit.encryption;

/** A text that was found where another was expected, as a message may show it: short, on one line, nothing hidden. */
final class Shown {
    /** Beyond this nobody recognises more. */
    private static final int MAX_CHARACTERS = 100;

    private Shown() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.chars().limit(MAX_CHARACTERS).forEach(c -> shown.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return shown.append(text.length() > MAX_CHARACTERS ? "…'" : "'").toString();
    }
}
