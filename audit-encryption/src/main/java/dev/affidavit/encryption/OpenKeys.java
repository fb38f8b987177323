package dev.affidavit.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content keys that were decrypted, by the header and encrypted key that lines begin with, to the byte. The one that was
 * not used for longest makes room, and is overwritten. Not thread-safe.
 */
final class OpenKeys {
    private static final float LOAD_FACTOR = 0.75f;

    private final int max;
    private final Map<String, OpenKey> byPrefix = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private byte[] lastPrefix = {};
    private @Nullable OpenKey last;

    OpenKeys(int max) {
        this.max = max;
    }

    /** The key of a line that has so many bytes before the second dot; null if it is not here. */
    @Nullable
    OpenKey find(byte[] line, int prefixLength) {
        if (last != null && Arrays.equals(lastPrefix, 0, lastPrefix.length, line, 0, prefixLength)) {
            return last;
        }
        OpenKey found = byPrefix.get(text(line, prefixLength));
        if (found != null) {
            remember(line, prefixLength, found);
        }
        return found;
    }

    OpenKey add(byte[] line, int prefixLength, OpenKey key) {
        byPrefix.put(text(line, prefixLength), key);
        remember(line, prefixLength, key);
        if (byPrefix.size() > max) {
            Iterator<OpenKey> oldest = byPrefix.values().iterator();
            oldest.next().key().destroy();
            oldest.remove();
        }
        return key;
    }

    private void remember(byte[] line, int prefixLength, OpenKey key) {
        last = null; // until both are of one key
        lastPrefix = Arrays.copyOf(line, prefixLength);
        last = key;
    }

    private static String text(byte[] line, int length) {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    void clear() {
        byPrefix.values().forEach(key -> key.key().destroy());
        byPrefix.clear();
        last = null;
    }

    int size() {
        return byPrefix.size();
    }
}
