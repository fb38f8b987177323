package dev.affidavit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The fields of a written line that its way to a destination depends on; null where the line has none. */
public record LineFields(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String eventType,
        @Nullable String severity) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final LineFields NOT_AN_EVENT = new LineFields(null, null, null, null);

    /** Reads the line, which is a JSON object if this product wrote it. Any other bytes have no fields. */
    public static LineFields of(byte[] line) {
        LineFields usual = LineHead.fields(line);
        if (usual != null) {
            return usual;
        }
        try (JsonParser parser = JSON.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? of(parser) : NOT_AN_EVENT;
        } catch (IOException notJson) {
            return NOT_AN_EVENT;
        }
    }

    private static LineFields of(JsonParser parser) throws IOException {
        String id = null;
        String timestamp = null;
        String eventType = null;
        String severity = null;
        // The four come first in every line; whatever is behind them is not looked at.
        for (int i = 0; i < 4 && parser.nextToken() == JsonToken.FIELD_NAME; i++) {
            String name = parser.currentName();
            String value = parser.nextTextValue();
            switch (name) {
                case "id" -> id = value;
                case "timestamp" -> timestamp = value;
                case "event_type" -> eventType = value;
                case "severity" -> severity = value;
                default -> {}
            }
            parser.skipChildren();
        }
        return new LineFields(id, timestamp, eventType, severity);
    }
}
