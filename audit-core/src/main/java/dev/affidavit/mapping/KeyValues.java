package dev.affidavit.mapping;

import dev.affidavit.json.Asking;
import dev.affidavit.json.NumberText;
import dev.affidavit.spi.LogCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The key-values of a log call as texts: not every framework keeps their types. */
final class KeyValues {
    /** Most events of {@code AuditLogger} have none. */
    private List<String> keys = List.of();

    private List<@Nullable String> texts = List.of();

    private KeyValues() {}

    static KeyValues of(LogCall call) {
        KeyValues keyValues = new KeyValues();
        call.forEachKeyValue((key, value) -> {
            keyValues.add(String.valueOf(key), text(value)); // a map message of Log4j may have the key null
        });
        return keyValues;
    }

    private void add(String key, @Nullable String text) {
        if (keys.isEmpty()) {
            keys = new ArrayList<>();
            texts = new ArrayList<>();
        }
        keys.add(key);
        texts.add(text);
    }

    /** A value is the application's own object: what its toString throws must not stop the event. */
    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        try {
            return Asking.text(
                    value, asked -> asked instanceof Number number ? NumberText.of(number) : asked.toString());
        } catch (Throwable e) {
            return "[unreadable: " + e.getClass().getName() + "]";
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    void forEach(BiConsumer<String, @Nullable String> consumer) {
        for (int i = 0; i < keys.size(); i++) {
            consumer.accept(keys.get(i), texts.get(i));
        }
    }

    /** The text of the last of this key; null if there is none. */
    @Nullable
    String last(String key) {
        int index = keys.lastIndexOf(key);
        return index < 0 ? null : texts.get(index);
    }
}
