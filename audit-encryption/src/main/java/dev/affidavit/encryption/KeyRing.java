package dev.affidavit.encryption;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a log by their ids: one encrypts what is written from now on, all decrypt. Immutable, and as thread-safe as
 * its keys, which are.
 */
public final class KeyRing {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String currentId;
    private final KeyEncryptionKey current;
    private final NavigableMap<String, KeyEncryptionKey> keys;

    private KeyRing(String currentId, KeyEncryptionKey current, NavigableMap<String, KeyEncryptionKey> keys) {
        this.currentId = currentId;
        this.current = current;
        this.keys = keys;
    }

    /** Whether a key can have this id: 1 to 64 letters and digits of ASCII, dots, hyphens and underscores. */
    public static boolean isKeyId(String text) {
        return KEY_ID.matcher(text).matches();
    }

    /**
     * A ring of these keys.
     *
     * @param currentId the id of the key that encrypts
     * @throws IllegalArgumentException if the keys have none of this id, or one of an id that {@link #isKeyId} refuses
     */
    public static KeyRing of(String currentId, Map<String, KeyEncryptionKey> keys) {
        TreeMap<String, KeyEncryptionKey> copy = new TreeMap<>(keys);
        copy.keySet().forEach(KeyRing::requireKeyId);
        KeyEncryptionKey current = copy.get(currentId);
        if (current == null) {
            throw new IllegalArgumentException("expected a key with the id %s, which is to encrypt, found %s"
                    .formatted(Shown.of(currentId), copy.keySet()));
        }
        return new KeyRing(currentId, current, copy);
    }

    static void requireKeyId(String keyId) {
        if (!isKeyId(keyId)) {
            throw new IllegalArgumentException(
                    "expected a key id of 1 to 64 letters and digits of ASCII, dots, hyphens and underscores, found "
                            + Shown.of(keyId));
        }
    }

    /** The id of the key that encrypts. */
    public String currentId() {
        return currentId;
    }

    /** The key that encrypts. */
    public KeyEncryptionKey current() {
        return current;
    }

    public Optional<KeyEncryptionKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** In the order of text. */
    public NavigableSet<String> ids() {
        return Collections.unmodifiableNavigableSet(keys.navigableKeySet());
    }

    /** Whether it has equal keys under the same ids, of which the same encrypts. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRing ring && ring.currentId.equals(currentId) && ring.keys.equals(keys);
    }

    @Override
    public int hashCode() {
        return keys.keySet().hashCode();
    }

    /** The ids. */
    @Override
    public String toString() {
        return "keys %s, %s encrypts".formatted(keys.keySet(), currentId);
    }
}
