package dev.affidavit.spi;

import dev.affidavit.store.StoredLine;

/** Opens the lines of one log, encrypted or not, in any order. For one thread at a time. */
public interface Decrypter extends AutoCloseable {
    /** Without any key: a line that is not encrypted is what it is, and of another it is said that a key is needed. */
    Decrypter WITHOUT_KEYS = new Decrypter() {
        @Override
        public byte[] decrypt(StoredLine line) throws UndecryptableLineException {
            if (EncryptedLines.isEncrypted(line.bytes())) {
                throw UndecryptableLineException.withoutKey(line);
            }
            return line.bytes();
        }

        @Override
        public void close() {}
    };

    /**
     * Decrypts a line, if it is encrypted.
     *
     * @return the line that was written, without its {@code \n}; not to be changed, since it can be that of {@code line}
     * @throws UndecryptableLineException if it cannot be decrypted, or was encrypted for another place
     */
    byte[] decrypt(StoredLine line) throws UndecryptableLineException;

    /** Overwrites the content keys, as far as a JVM allows. Lines can still be decrypted. */
    @Override
    void close();
}
