package dev.affidavit.spi;

import dev.affidavit.config.Options;

/** Encrypts logs. Found by ServiceLoader; {@code affidavit-encryption} brings the one that docs/format.md describes. */
public interface EncryptionProvider {
    /**
     * Reads the options of an element {@code AuditEncryption}, and its children, and opens the keys that are in this process's
     * reach. What is wrong is a problem of the options; what this returns is not used then. No key is in a message.
     */
    Encryption configure(Options options);
}
