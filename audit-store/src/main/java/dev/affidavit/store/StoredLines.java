package dev.affidavit.store;

/**
 * Is told of every line that was stored, once, in the order of the log, and of the segment that holds it: where a seal
 * hashes. Called under the writer's lock; must not block and must not throw.
 */
interface StoredLines {
    StoredLines NONE = new StoredLines() {
        @Override
        public void segmentBegun(SegmentName segment) {}

        @Override
        public void lineStored(byte[] bytes, int length) {}
    };

    /** The lines that follow are in this segment. */
    void segmentBegun(SegmentName segment);

    /** A line without its {@code \n}: {@code length} bytes from index 0, valid during the call only. */
    void lineStored(byte[] bytes, int length);
}
