package dev.affidavit.store;

/**
 * Is told of every line that was stored, once, in the order of the log, and of the segment that holds it: where a seal
 * hashes. Called by one thread at a time, soon after; must not throw.
 */
interface StoredLines {
    /** Of a log that is not sealed: nobody asks for its hashes. */
    StoredLines NOWHERE = new StoredLines() {
        @Override
        public void segmentBegun(SegmentName segment) {}

        @Override
        public void lineStored(byte[] bytes, int from, int length) {}

        @Override
        public void linesMoved(SegmentName from, long count, SegmentName to) {}
    };

    /** The lines that follow are in this segment. */
    void segmentBegun(SegmentName segment);

    /** A line without its {@code \n}: {@code length} bytes from index {@code from}, valid during the call only. */
    void lineStored(byte[] bytes, int from, int length);

    /**
     * The last {@code count} lines of {@code from} are no longer there: they stand in {@code to}, behind those moved there
     * before. They are the lines they were, and their place among all lines is the one it was, so they are not told
     * again, and a tree over the lines does not change; only what is kept for each segment does: {@code from} ends
     * earlier, and {@code to} begins with the first line moved to it. Lines told since are in later segments.
     */
    void linesMoved(SegmentName from, long count, SegmentName to);
}
