package dev.affidavit;

import dev.affidavit.json.Asking;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code details}, as an event keeps it. An object of the application's own becomes its text on the thread that
 * builds the event: its {@code toString} may load from a database and so record events itself, which no framework takes from
 * inside an appender; and behind a queue it would be asked later, on another thread.
 */
final class DetailValue {
    private DetailValue() {}

    /** Puts in place of each value what an event keeps of it. */
    static void settle(Map<String, @Nullable Object> values) {
        values.replaceAll((key, value) -> settled(value));
    }

    private static @Nullable Object settled(@Nullable Object value) {
        return value == null || keepsItsForm(value) ? value : textOrItself(value);
    }

    private static boolean keepsItsForm(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Map<?, ?>
                || value instanceof Collection<?>
                || value.getClass().isArray();
    }

    /** A value without a text stays what it is, for the encoder to mark. */
    private static Object textOrItself(Object value) {
        try {
            String text = Asking.text(value, Object::toString);
            return text == null ? value : text;
        } catch (Throwable e) { // the event must be recorded whatever its values do
            return value;
        }
    }
}
