package dev.affidavit.verify;

import org.jspecify.annotations.Nullable;

/** Opens lines that are encrypted, with keys of the caller's. Thread-safe. */
@FunctionalInterface
public interface LineOpener {
    /**
     * The line that was encrypted.
     *
     * @param segment the file name of its segment
     * @param offset where its first byte is there
     * @param line without its {@code \n}; not to be changed
     * @return without its {@code \n}; null if the line is not encrypted, or cannot be decrypted, which is for the caller to note
     */
    byte @Nullable [] open(String segment, long offset, byte[] line);
}
