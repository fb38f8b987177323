package dev.affidavit.fuzzing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affidavit.json.LineFields;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Any bytes have fields or have none; those of an object are what a reader of others finds at its head. */
public final class LineFieldsTarget {
    private static final int HEAD = 4;
    /** A name that comes twice has no one value; such objects are not compared. */
    private static final ObjectMapper WHOLE = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private LineFieldsTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        LineFields found = LineFields.of(input);
        JsonNode whole = parse(input);
        if (whole == null || !whole.isObject()) {
            return;
        }
        JsonNode head = head(whole);
        require("id", head, found.id());
        require("timestamp", head, found.timestamp());
        require("event_type", head, found.eventType());
        require("severity", head, found.severity());
    }

    private static @Nullable JsonNode parse(byte[] input) {
        try {
            return WHOLE.readTree(input);
        } catch (IOException notJson) {
            return null;
        }
    }

    private static JsonNode head(JsonNode whole) {
        Iterator<String> names = whole.fieldNames();
        ObjectNode head = WHOLE.createObjectNode();
        for (int i = 0; i < HEAD && names.hasNext(); i++) {
            String name = names.next();
            head.set(name, whole.get(name));
        }
        return head;
    }

    private static void require(String name, JsonNode head, @Nullable String found) {
        String expected = head.path(name).textValue();
        if (expected == null ? found != null : !expected.equals(found)) {
            throw new AssertionError("%s: expected %s, found %s".formatted(name, expected, found));
        }
    }
}
