package dev.affidavit.store;

/**
 * A line as it stands in the log.
 *
 * @param segment the file name of its segment
 * @param offset where in the segment its first byte is
 * @param bytes the line without its {@code \n}; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a line is compared by its place, never by equals
public record StoredLine(String segment, long offset, byte[] bytes) {
    /** Where the next line begins. */
    public long end() {
        return offset + bytes.length + 1;
    }

    /**
     * The place behind it.
     *
     * @param line how many lines of the segment there are with it
     */
    public Position place(long line) {
        return new Position(segment, end(), line, Sha256.hex(bytes));
    }
}
