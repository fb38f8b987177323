package dev.affidavit.spi;

import java.io.IOException;

/**
 * Encrypts the lines of one log, one at a time: for one thread at a time, but for {@link #prepare} and {@link #isPrepared}. After
 * an exception or an {@code Error} it can be used as before.
 */
public interface Encrypter extends AutoCloseable {
    /** Whether the next segment needs no key of a service: its content key is there, or is made without one. Thread-safe. */
    boolean isPrepared();

    /**
     * Makes the content key of the next segment now, if none is waiting. Thread-safe; may block, as a key in a service does.
     *
     * @throws IOException if the key cannot be used now
     */
    void prepare() throws IOException;

    /**
     * How many bytes a line of this many has at most when it is encrypted, the {@code \n} counted in both.
     *
     * @throws ArithmeticException if that is more than an array can hold
     */
    int maxStoredLength(int lineLength);

    /**
     * Encrypts a line. The result is in {@link #bytes}, up to {@link #length}, until the next call.
     *
     * @param segment the file name of the segment that it is written to, which it is bound to
     * @param line a line at the head of this array
     * @param lineLength its bytes, the {@code \n} at its end included
     * @throws IOException if another content key is needed and the key cannot be used now
     */
    void encrypt(String segment, byte[] line, int lineLength) throws IOException;

    /** The array that holds the encrypted line from index 0. Another one after a longer line. */
    byte[] bytes();

    /** How many bytes of {@link #bytes} belong to it, the {@code \n} included. */
    int length();

    /** Overwrites the content keys, as far as a JVM allows. */
    @Override
    void close();
}
