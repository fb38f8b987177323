package dev.affidavit.seal;

/**
 * A statement as it stands in a seal file.
 *
 * @param offset of its first byte in the file
 * @param end behind the empty line that ends it
 */
public record SignedStatement(long offset, long end, SignedNote note, Statement statement) {
    /** What stands in the file. */
    public static String written(SignedNote note) {
        return note + "\n";
    }
}
