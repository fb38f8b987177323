package dev.affidavit.encryption;

import dev.affidavit.spi.Encrypter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into JWEs in compact form, for one log and one start of its writer. Each segment has a content key of its
 * own, and after {@link #MAX_LINES_OF_A_KEY} lines another; a new encrypter begins with another. IVs are random: they need
 * no memory of those before, which a copy of a virtual machine would have too.
 *
 * <p>For one thread at a time, such as the one that has the writer's turn; {@link #prepare} is for any.
 * After an exception or an {@code Error} it can be used as before.
 */
public final class LineEncrypter implements Encrypter {
    /** Half of what random IVs of 96 bits allow for one key (NIST SP 800-38D, 8.3: 2^32). */
    public static final long MAX_LINES_OF_A_KEY = 1L << 31;

    /** As long a name as the file of a log has. */
    private static final String LONGEST_SEGMENT = "security_audit_2026-01-31_12-00-00_999.log";

    private static final int FIRST_BUFFER_BYTES = 4 * 1024;

    /** Behind the header: two dots, and the encrypted key between them. */
    private static final int KEY_PART_LENGTH = 2 + (int) Base64Url.encodedLength(WrappedKey.CIPHERTEXT_BYTES);

    /** Behind the key: IV, dot, dot, tag and the end of the line. */
    private static final int OTHER_PARTS_LENGTH =
            (int) (Base64Url.encodedLength(Gcm.IV_BYTES) + Base64Url.encodedLength(Gcm.TAG_BYTES)) + 3;

    private final String origin;
    private final KeyRing keys;
    private final SecureRandom random;
    private final long maxLines;
    private final byte[] iv = new byte[Gcm.IV_BYTES];
    /** A content key for the next segment. Set by any thread; taken by the one that encrypts. */
    private final AtomicReference<@Nullable ContentKey> prepared = new AtomicReference<>();

    private volatile boolean closed;

    // What follows belongs to the thread that encrypts.
    private @Nullable Sealing sealing;
    private @Nullable Cipher cipher;
    private final Base64UrlWriter writer = new Base64UrlWriter();
    private byte[] encrypted = new byte[FIRST_BUFFER_BYTES];
    private byte[] bytes = new byte[FIRST_BUFFER_BYTES];
    private int length;

    /** What the lines of a segment have in common, until their key changes. */
    private static final class Sealing {
        final String segment;
        final AesKey key;
        /** Header and encrypted key, a dot behind each. */
        final byte[] prefix;

        final int headerLength;
        long lines;

        Sealing(String segment, AesKey key, byte[] prefix, int headerLength) {
            this.segment = segment;
            this.key = key;
            this.prefix = prefix;
            this.headerLength = headerLength;
        }
    }

    /**
     * For the log and the keys that are given.
     *
     * @param origin the log's id, which each line is bound to: printable ASCII without spaces, quotes and backslashes
     * @param keys of which the current one is used
     * @param random for keys and IVs
     * @throws IllegalArgumentException if the origin is none
     */
    public LineEncrypter(String origin, KeyRing keys, SecureRandom random) {
        this(origin, keys, random, MAX_LINES_OF_A_KEY);
    }

    /**
     * The same with another limit.
     *
     * @param maxLinesOfAKey after how many lines a content key is replaced: 1 to {@link #MAX_LINES_OF_A_KEY}
     * @throws IllegalArgumentException if the origin is none, or the limit is another
     */
    public LineEncrypter(String origin, KeyRing keys, SecureRandom random, long maxLinesOfAKey) {
        LineHeader.requirePlace("origin", origin);
        if (maxLinesOfAKey < 1 || maxLinesOfAKey > MAX_LINES_OF_A_KEY) {
            throw new IllegalArgumentException(
                    "maxLinesOfAKey: expected 1 to %d, found %d".formatted(MAX_LINES_OF_A_KEY, maxLinesOfAKey));
        }
        this.origin = origin;
        this.keys = keys;
        this.random = random;
        this.maxLines = maxLinesOfAKey;
    }

    /**
     * Makes and wraps the next content key now, if none is waiting. Without this the first line of a segment waits for
     * the key encryption key, which may be in a service. Thread-safe; blocks as long as that does.
     *
     * @throws EncryptionKeyException if the key encryption key cannot be used
     */
    @Override
    public void prepare() throws EncryptionKeyException {
        if (closed || prepared.get() != null) {
            return;
        }
        ContentKey made = ContentKey.random(keys, random);
        if (!prepared.compareAndSet(null, made)) {
            made.destroy();
        } else if (closed) {
            destroyPrepared();
        }
    }

    @Override
    public boolean isPrepared() {
        return keys.current() instanceof LocalKey || prepared.get() != null;
    }

    @Override
    public int maxStoredLength(int lineLength) {
        return storedLength(lineLength, LONGEST_SEGMENT);
    }

    /**
     * How many bytes a line of this many has when it is encrypted, the {@code \n} counted in both.
     *
     * @throws ArithmeticException if that is more than an array can hold
     */
    public int storedLength(int lineLength, String segment) {
        long header = Base64Url.encodedLength(LineHeader.length(keys.currentId(), origin, segment));
        return Math.toIntExact(
                header + KEY_PART_LENGTH + OTHER_PARTS_LENGTH + Base64Url.encodedLength(lineLength - 1L));
    }

    /**
     * Encrypts a line. The result is in {@link #bytes()}, up to {@link #length()}, until the next call.
     *
     * @param segment the file name of the segment that it is written to, which it is bound to: characters as those of the
     *     origin. Another one than the call before it had means another content key
     * @param line a line at the head of this array
     * @param lineLength its bytes, the {@code \n} at its end included
     * @throws EncryptionKeyException if another content key is needed and the key encryption key cannot be used
     * @throws IllegalArgumentException if there is no {@code \n} at the end, or the segment is none
     * @throws IllegalStateException after {@link #close}
     */
    @Override
    public void encrypt(String segment, byte[] line, int lineLength) throws EncryptionKeyException {
        length = 0;
        if (lineLength < 1 || line[lineLength - 1] != '\n') {
            throw new IllegalArgumentException("expected a line with \\n at its end, found none");
        }
        int storedLength = storedLength(lineLength, segment);
        Sealing current = sealing(segment);
        makeRoom(lineLength - 1 + Gcm.TAG_BYTES, storedLength);
        current.lines++; // before the IV is used: one that is not stored is used all the same
        int ciphertextLength = seal(current, line, lineLength - 1);
        int at = current.prefix.length;
        System.arraycopy(current.prefix, 0, bytes, 0, at);
        at = Base64Url.encode(iv, 0, iv.length, bytes, at);
        bytes[at++] = '.';
        at = writer.write(encrypted, 0, ciphertextLength, bytes, at);
        bytes[at++] = '.';
        at = Base64Url.encode(encrypted, ciphertextLength, Gcm.TAG_BYTES, bytes, at);
        bytes[at++] = '\n';
        length = at;
    }

    /** The content key that this line gets. */
    private Sealing sealing(String segment) throws EncryptionKeyException {
        if (closed) {
            throw new IllegalStateException("the encrypter is closed");
        }
        Sealing before = sealing;
        if (before != null && before.lines < maxLines && before.segment.equals(segment)) {
            return before;
        }
        LineHeader.requirePlace("segment", segment);
        ContentKey waiting = prepared.getAndSet(null);
        ContentKey next = waiting != null ? waiting : ContentKey.random(keys, random);
        Sealing made = begin(segment, next);
        sealing = made;
        if (before != null) {
            before.key.destroy();
        }
        return made;
    }

    private Sealing begin(String segment, ContentKey key) {
        byte[] header =
                LineHeader.of(keys.currentId(), key.wrapped(), origin, segment).json();
        String prefix =
                Base64Url.encode(header) + "." + Base64Url.encode(key.wrapped().ciphertext()) + ".";
        return new Sealing(segment, key.key(), prefix.getBytes(StandardCharsets.US_ASCII), prefix.indexOf('.'));
    }

    private void makeRoom(int forEncrypted, int forBytes) {
        if (encrypted.length < forEncrypted) {
            encrypted = new byte[roomFor(forEncrypted)];
        }
        if (bytes.length < forBytes) {
            bytes = new byte[roomFor(forBytes)];
        }
    }

    /** A little more, since the next line may be a little longer. */
    private static int roomFor(int wanted) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, wanted + wanted / 4L);
    }

    /** Ciphertext and tag go to {@link #encrypted}; returns the length of the ciphertext. */
    private int seal(Sealing current, byte[] line, int plaintextLength) {
        random.nextBytes(iv);
        Cipher used = cipher;
        cipher = null; // one that an Error stopped half-way is not used again
        if (used == null) {
            used = Gcm.cipher();
        }
        try {
            used.init(Cipher.ENCRYPT_MODE, current.key, new GCMParameterSpec(Gcm.TAG_BITS, iv));
            used.updateAAD(current.prefix, 0, current.headerLength);
            int written = used.doFinal(line, 0, plaintextLength, encrypted, 0);
            cipher = used;
            return written - Gcm.TAG_BYTES;
        } catch (GeneralSecurityException e) {
            throw Gcm.unavailable(e);
        }
    }

    /** The array that holds the encrypted line from index 0. Another one after a longer line. */
    @Override
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes of {@link #bytes()} belong to it, the {@code \n} included; 0 after a call that failed. */
    @Override
    public int length() {
        return length;
    }

    /** Overwrites the content keys, as far as a JVM allows. Not while another thread encrypts. */
    @Override
    public void close() {
        closed = true;
        destroyPrepared();
        Sealing last = sealing;
        if (last != null) {
            last.key.destroy();
        }
        cipher = null;
    }

    private void destroyPrepared() {
        ContentKey left = prepared.getAndSet(null);
        if (left != null) {
            left.destroy();
        }
    }

    @Override
    public String toString() {
        return "encryption of %s under the key %s".formatted(origin, keys.currentId());
    }
}
