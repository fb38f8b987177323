package dev.affidavit.spi;

import dev.affidavit.json.LineFields;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One line of the log on its way to a destination: its bytes as they stand in the file, and what it says. */
public final class ForwardedLine {
    private final byte[] json;
    private @Nullable LineFields fields;

    /** @param json the line without its {@code \n}; not copied, not to be changed */
    public ForwardedLine(byte[] json) {
        this.json = json;
    }

    /** The line without its {@code \n}; not to be changed. */
    public byte[] json() {
        return json;
    }

    /** The field {@code id}; null if the line has none, as when it is not an event. */
    public @Nullable String id() {
        return field(LineFields::id);
    }

    /** The field {@code timestamp}, as written; null if the line has none. */
    public @Nullable String timestamp() {
        return field(LineFields::timestamp);
    }

    /** The field {@code event_type}; null if the line has none. */
    public @Nullable String eventType() {
        return field(LineFields::eventType);
    }

    /** The field {@code severity}, as written; null if the line has none. */
    public @Nullable String severity() {
        return field(LineFields::severity);
    }

    private @Nullable String field(Function<LineFields, @Nullable String> which) {
        if (fields == null) {
            fields = LineFields.of(json);
        }
        return which.apply(fields);
    }
}
