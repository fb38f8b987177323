package dev.affidavit.encryption;

import dev.affidavit.encryption.LineDecryptionException.Reason;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Opens the encrypted lines of one log. It reads what {@link LineEncrypter} writes and nothing else; each line by itself,
 * in any order. A run of lines under one content key costs one decryption each, since the last {@link #MAX_OPEN_KEYS}
 * content keys are remembered.
 *
 * <p>For one thread at a time. After an exception or an {@code Error} it can be used as before.
 */
public final class LineDecrypter implements AutoCloseable {
    /** How many content keys are remembered: readers go through segments one after the other. */
    static final int MAX_OPEN_KEYS = 64;

    private static final int KEY_LENGTH = (int) Base64Url.encodedLength(WrappedKey.CIPHERTEXT_BYTES);
    private static final int IV_LENGTH = (int) Base64Url.encodedLength(Gcm.IV_BYTES);
    private static final int TAG_LENGTH = (int) Base64Url.encodedLength(Gcm.TAG_BYTES);
    private static final int MAX_HEADER_LENGTH = (int) Base64Url.encodedLength(LineHeader.MAX_BYTES);
    private static final int FIRST_BUFFER_BYTES = 4 * 1024;

    private final String origin;
    private final KeyRing keys;
    private final OpenKeys open = new OpenKeys(MAX_OPEN_KEYS);
    /** The ids under which a line was opened: their keys are the right ones. */
    private final Set<String> proven = new HashSet<>();

    private final byte[] iv = new byte[Gcm.IV_BYTES];
    private byte[] encrypted = new byte[FIRST_BUFFER_BYTES];
    private @Nullable Cipher cipher;

    /**
     * For the log and the keys that are given.
     *
     * @param origin the id of the log that the lines must be of
     * @throws IllegalArgumentException if it is none: see {@link LineEncrypter}
     */
    public LineDecrypter(String origin, KeyRing keys) {
        LineHeader.requirePlace("origin", origin);
        this.origin = origin;
        this.keys = keys;
    }

    /**
     * Whether the line is a JSON object, not an encrypted one: a log has both when encryption was switched on or off. Who
     * can write to the file can put one in place of the other; only a seal tells that.
     */
    public static boolean isPlain(StoredLine line) {
        return line.bytes().length > 0 && line.bytes()[0] == '{';
    }

    /** Decrypts a line that was written to the segment it stands in. Otherwise as {@link #decrypt(StoredLine, Predicate)}. */
    public byte[] decrypt(StoredLine line) throws LineDecryptionException {
        return decrypt(line, segment -> false);
    }

    /**
     * Decrypts a line.
     *
     * @param line as it stands in the log
     * @param moved whether lines of this segment may stand in the line's segment too, since they were copied there when the
     *     device refused to force the one that they were written to. Asked only of other segments than the line's own
     * @return the line that was encrypted, without its {@code \n}, in an array of the caller's
     * @throws LineDecryptionException if it cannot be decrypted, is not encrypted, or was encrypted for another place
     */
    public byte[] decrypt(StoredLine line, Predicate<String> moved) throws LineDecryptionException {
        byte[] bytes = line.bytes();
        int headerEnd = dot(bytes, 0);
        int keyEnd = dot(bytes, headerEnd + 1);
        OpenKey key = headerEnd < 0 || keyEnd < 0 ? null : open.find(bytes, keyEnd);
        LineHeader header = key == null ? header(line, headerEnd) : key.header();
        int ivEnd = keyEnd < 0 ? -1 : dot(bytes, keyEnd + 1);
        int end = ivEnd < 0 ? -1 : dot(bytes, ivEnd + 1);
        if (end < 0 || dot(bytes, end + 1) >= 0) {
            throw malformed(line, header, "expected five parts with dots between them, found another number of them");
        }
        decodeParts(line, header, keyEnd, ivEnd, end);
        if (key == null) {
            key = unwrap(line, header, headerEnd, keyEnd);
        }
        byte[] plaintext = decrypt(line, key, headerEnd, Base64Url.decodedLength(end - ivEnd - 1) + Gcm.TAG_BYTES);
        proven.add(header.keyId());
        requirePlace(line, header, moved);
        return plaintext;
    }

    private static int dot(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '.') {
                return i;
            }
        }
        return -1;
    }

    private static LineHeader header(StoredLine line, int headerEnd) throws LineDecryptionException {
        if (isPlain(line)) {
            throw malformed(line, null, "expected an encrypted line, found a plain one");
        }
        int length =
                headerEnd < 0 ? line.bytes().length : headerEnd; // one that was cut off behind its header has it still
        if (length > MAX_HEADER_LENGTH) {
            throw malformed(
                    line, null, "expected a header of at most %d characters, found more".formatted(MAX_HEADER_LENGTH));
        }
        byte[] json = new byte[Base64Url.decodedLength(length)];
        if (!Base64Url.decode(line.bytes(), 0, length, json, 0)) {
            throw malformed(line, null, "expected a header in base64url without padding, found other characters");
        }
        try {
            return LineHeader.parse(json);
        } catch (ParseException e) {
            throw malformed(line, null, String.valueOf(e.getMessage()));
        }
    }

    /** IV to {@link #iv}, ciphertext and tag to {@link #encrypted}. */
    private void decodeParts(StoredLine line, LineHeader header, int keyEnd, int ivEnd, int end)
            throws LineDecryptionException {
        byte[] bytes = line.bytes();
        int ciphertextLength = Base64Url.decodedLength(end - ivEnd - 1);
        if (encrypted.length < ciphertextLength + Gcm.TAG_BYTES) {
            encrypted = new byte[ciphertextLength + Gcm.TAG_BYTES];
        }
        requirePart(
                line,
                header,
                "an IV of %d characters".formatted(IV_LENGTH),
                ivEnd - keyEnd - 1 == IV_LENGTH && Base64Url.decode(bytes, keyEnd + 1, IV_LENGTH, iv, 0));
        requirePart(line, header, "a ciphertext", Base64Url.decode(bytes, ivEnd + 1, end - ivEnd - 1, encrypted, 0));
        requirePart(
                line,
                header,
                "a tag of %d characters".formatted(TAG_LENGTH),
                bytes.length - end - 1 == TAG_LENGTH
                        && Base64Url.decode(bytes, end + 1, TAG_LENGTH, encrypted, ciphertextLength));
    }

    private static void requirePart(StoredLine line, LineHeader header, String expected, boolean found)
            throws LineDecryptionException {
        if (!found) {
            throw malformed(
                    line, header, "expected %s in base64url without padding, found something else".formatted(expected));
        }
    }

    private OpenKey unwrap(StoredLine line, LineHeader header, int headerEnd, int keyEnd)
            throws LineDecryptionException {
        byte[] iv = new byte[WrappedKey.IV_BYTES];
        byte[] tag = new byte[WrappedKey.TAG_BYTES];
        byte[] ciphertext = new byte[WrappedKey.CIPHERTEXT_BYTES];
        requirePart(
                line,
                header,
                "an encrypted key of %d characters".formatted(KEY_LENGTH),
                keyEnd - headerEnd - 1 == KEY_LENGTH
                        && Base64Url.decode(line.bytes(), headerEnd + 1, KEY_LENGTH, ciphertext, 0));
        requirePart(line, header, "iv and tag of the key", header.decodeKeyParts(iv, tag));
        KeyEncryptionKey key = keys.key(header.keyId())
                .orElseThrow(() -> refused(
                        Reason.UNKNOWN_KEY,
                        line,
                        header,
                        "expected a key of this id, found only %s. Add it to the keys".formatted(keys.ids()),
                        null));
        byte[] contentKey = unwrap(line, header, key, new WrappedKey(iv, ciphertext, tag));
        try {
            return open.add(line.bytes(), keyEnd, new OpenKey(header, AesKey.of(contentKey)));
        } catch (IllegalArgumentException e) {
            throw refused(Reason.KEY_UNAVAILABLE, line, header, "the key gave back a content key of another length", e);
        } finally {
            Arrays.fill(contentKey, (byte) 0);
        }
    }

    private byte[] unwrap(StoredLine line, LineHeader header, KeyEncryptionKey key, WrappedKey wrapped)
            throws LineDecryptionException {
        try {
            return key.unwrap(wrapped);
        } catch (AEADBadTagException e) {
            throw proven.contains(header.keyId())
                    ? refused(
                            Reason.DAMAGED,
                            line,
                            header,
                            "expected a content key that this key encrypted, found another. The key opened other lines, so the line is damaged in its first part",
                            e)
                    : refused(
                            Reason.WRONG_KEY,
                            line,
                            header,
                            "expected a content key that this key encrypted, found another. Either the key of this id is not the one it was when the line was written, or the line is damaged in its first part: try other lines",
                            e);
        } catch (IOException | RuntimeException e) {
            throw refused(Reason.KEY_UNAVAILABLE, line, header, "%s cannot be used: %s".formatted(key, e), e);
        }
    }

    private byte[] decrypt(StoredLine line, OpenKey key, int headerEnd, int length) throws LineDecryptionException {
        Cipher used = cipher;
        cipher = null; // one that an Error stopped half-way is not used again
        if (used == null) {
            used = Gcm.cipher();
        }
        try {
            used.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(Gcm.TAG_BITS, iv));
            used.updateAAD(line.bytes(), 0, headerEnd);
            byte[] plaintext = used.doFinal(encrypted, 0, length);
            cipher = used;
            return plaintext;
        } catch (AEADBadTagException e) {
            throw refused(
                    Reason.DAMAGED,
                    line,
                    key.header(),
                    "expected the bytes that were encrypted, found others. The line was damaged or changed",
                    e);
        } catch (GeneralSecurityException e) {
            throw Gcm.unavailable(e);
        }
    }

    private void requirePlace(StoredLine line, LineHeader header, Predicate<String> moved)
            throws LineDecryptionException {
        if (!header.origin().equals(origin)) {
            throw moved(line, header, "log " + origin, "log " + header.origin());
        }
        if (!header.segment().equals(line.segment()) && !moved.test(header.segment())) {
            throw moved(line, header, line.segment(), header.segment());
        }
    }

    private static LineDecryptionException moved(StoredLine line, LineHeader header, String expected, String found) {
        return refused(
                Reason.MOVED,
                line,
                header,
                "expected a line of %s, found one of %s. It is whole, but somebody put it here"
                        .formatted(expected, found),
                null);
    }

    private static LineDecryptionException malformed(StoredLine line, @Nullable LineHeader header, String problem) {
        return refused(
                Reason.MALFORMED,
                line,
                header,
                problem + ". The line is damaged, or was not written by this product",
                null);
    }

    private static LineDecryptionException refused(
            Reason reason, StoredLine line, @Nullable LineHeader header, String problem, @Nullable Throwable cause) {
        return new LineDecryptionException(reason, line, header == null ? null : header.keyId(), problem, cause);
    }

    /** Overwrites the content keys, as far as a JVM allows. Lines can still be decrypted; that opens keys again. */
    @Override
    public void close() {
        open.clear();
        cipher = null;
    }

    @Override
    public String toString() {
        return "decryption of %s with %s".formatted(origin, keys);
    }
}
