package dev.affidavit.json;

/**
 * How much of an event one line holds. A line that comes out too long is written again under the next narrower limits,
 * so that what fits is never cut.
 *
 * @param text characters of one text
 * @param entries entries of one map or list
 * @param depth how deep maps and lists nest
 */
record Limits(int text, int entries, int depth) {
    /** What receivers can be set up to take; longer lines are cut, with a mark. */
    static final int MAX_LINE_BYTES = 1024 * 1024;

    /** A key is a name: longer ones are data in the wrong place. */
    static final int KEY = 1024;

    private static final int SHORT_TEXT = 1024;

    static final Limits WIDEST = new Limits(MAX_LINE_BYTES, 1000, 16);

    /** Under these, 18 texts and a full map stay far below {@link #MAX_LINE_BYTES}. */
    private static final int NARROWEST_TEXT = 64;

    private static final int NARROWEST_ENTRIES = 8;
    private static final int NARROWEST_DEPTH = 2;

    /** Long texts give way first: whole entries go only if shortening the texts is not enough. */
    Limits narrower() {
        if (text > SHORT_TEXT) {
            return new Limits(Math.max(text / 4, SHORT_TEXT), entries, depth);
        }
        return new Limits(
                Math.max(text / 2, NARROWEST_TEXT),
                Math.max(entries / 2, NARROWEST_ENTRIES),
                Math.max(depth / 2, NARROWEST_DEPTH));
    }
}
