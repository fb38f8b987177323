/**
 * Encryption of a log's lines: each becomes one JWE (RFC 7516) in compact form. Start at {@link
 * dev.affidavit.encryption.KeyRing} for the keys, at {@link dev.affidavit.encryption.LineEncrypter} to write and at
 * {@link dev.affidavit.encryption.LineDecrypter} to read; {@link dev.affidavit.encryption.KeyProvider} is for keys that
 * a key management service holds. The form is in {@code docs/format.md}, "Encrypted lines".
 */
@NullMarked
package dev.affidavit.encryption;

import org.jspecify.annotations.NullMarked;
