package dev.affidavit.spi;

import dev.affidavit.json.LineContent;
import dev.affidavit.json.LineFields;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log on its way to a destination or a listener: its bytes as they stand in the file, and what it says. It
 * is read when it is asked for first: the first four fields alone, or all of them. Used by one thread.
 */
public final class ForwardedLine {
    private final byte[] json;
    private @Nullable LineFields fields;
    private @Nullable LineContent content;

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
        return head(LineFields::id);
    }

    /** The field {@code timestamp}, as written; null if the line has none. */
    public @Nullable String timestamp() {
        return head(LineFields::timestamp);
    }

    /** The field {@code event_type}; null if the line has none. */
    public @Nullable String eventType() {
        return head(LineFields::eventType);
    }

    /** The field {@code severity}, as written; null if the line has none. */
    public @Nullable String severity() {
        return head(LineFields::severity);
    }

    /** Who acted; empty if the line does not say. */
    public String username() {
        return text("username");
    }

    /** Empty if the line does not say. */
    public String sessionId() {
        return text("session_id");
    }

    /** The address the principal came from; empty if the line does not say. */
    public String ipAddress() {
        return text("ip_address");
    }

    /** Empty if the line does not say. */
    public String databaseName() {
        return text("database_name");
    }

    /** The statement or command carried out; empty if the line does not say. */
    public String command() {
        return text("command");
    }

    /** Whether the principal's operation succeeded; false if the line does not say. */
    public boolean success() {
        return text("success").equals("true");
    }

    /**
     * A field of docs/format.md, by its name there: a text, or a number or boolean as JSON writes it. Null if the line does not
     * have it, or it is null, an object or a list.
     */
    public @Nullable String field(String name) {
        return content().fields().get(name);
    }

    /** The same of an entry of {@code details}. */
    public @Nullable String detail(String key) {
        return content().details().get(key);
    }

    private String text(String name) {
        return content().fields().getOrDefault(name, "");
    }

    private @Nullable String head(Function<LineFields, @Nullable String> which) {
        LineFields read = fields;
        if (read == null) {
            read = LineFields.of(json);
            fields = read;
        }
        return which.apply(read);
    }

    private LineContent content() {
        LineContent read = content;
        if (read == null) {
            read = LineContent.of(json);
            content = read;
        }
        return read;
    }
}
