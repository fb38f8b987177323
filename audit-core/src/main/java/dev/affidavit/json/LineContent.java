package dev.affidavit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * All texts, numbers and booleans of a written line, the last two as JSON writes them; what is null, an object or a list is
 * not among them.
 *
 * @param details those of the object {@code details}
 */
public record LineContent(Map<String, String> fields, Map<String, String> details) {
    private static final LineContent NONE = new LineContent(Map.of(), Map.of());

    /** Nothing in a line can be too long: the line itself has a limit. Names are not interned, since clients choose them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Reads the line, which is a JSON object if this product wrote it. Any other bytes have no content. */
    public static LineContent of(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            Map<String, String> fields = new HashMap<>();
            Map<String, String> details = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("details")) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String key = parser.currentName();
                        parser.nextToken();
                        take(parser, key, details);
                    }
                } else {
                    take(parser, name, fields);
                }
            }
            return new LineContent(Map.copyOf(fields), Map.copyOf(details));
        } catch (IOException notJson) {
            return NONE;
        }
    }

    private static void take(JsonParser parser, String name, Map<String, String> into) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            into.put(name, parser.getText());
        } else {
            parser.skipChildren();
        }
    }
}
