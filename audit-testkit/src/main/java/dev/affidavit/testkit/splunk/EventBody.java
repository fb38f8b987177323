package dev.affidavit.testkit.splunk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a request, one object behind the other.
 *
 * @param events up to the first bad one
 * @param code of the reply to the first bad one; 0 if there is none
 */
record EventBody(List<HecEvent> events, int code) {
    private static final Set<String> METADATA = Set.of("host", "source", "sourcetype", "index");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** @param violations gets what no client of ours may send, though Splunk takes it without a word */
    static EventBody parse(byte[] body, HecSetup setup, Consumer<String> violations) throws IOException {
        List<HecEvent> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    return new EventBody(events, 6);
                }
                Draft draft = new Draft(body, violations);
                draft.read(parser);
                int code = draft.code(setup);
                if (code == Draft.STOPS_SILENTLY) {
                    return new EventBody(events, events.isEmpty() ? 5 : 0);
                }
                if (code != 0) {
                    return new EventBody(events, code);
                }
                events.add(draft.event());
            }
        } catch (JsonParseException e) {
            return new EventBody(events, 6);
        }
        return new EventBody(events, events.isEmpty() ? 5 : 0);
    }

    /** One object while it is read. */
    private static final class Draft {
        static final int STOPS_SILENTLY = -1;

        private final byte[] body;
        private final Consumer<String> violations;
        private final Map<String, String> metadata = new HashMap<>();
        private final Map<String, String> fields = new HashMap<>();
        private String time = "";
        private byte @Nullable [] event;
        private boolean unknownMember;
        private boolean nested;

        Draft(byte[] body, Consumer<String> violations) {
            this.body = body;
            this.violations = violations;
        }

        void read(JsonParser parser) throws IOException {
            Map<String, Boolean> seen = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (seen.put(name, true) != null) {
                    violations.accept("the member " + name + " twice");
                }
                JsonToken value = parser.nextToken();
                if (name.equals("event")) {
                    readEvent(parser, value);
                } else if (name.equals("time")) {
                    time = parser.getText();
                } else if (name.equals("fields")) {
                    readFields(parser, value);
                } else if (METADATA.contains(name) && value == JsonToken.VALUE_STRING) {
                    metadata.put(name, parser.getText());
                } else {
                    violations.accept("the unknown member " + name);
                    unknownMember = true;
                    parser.skipChildren();
                }
            }
            if (!time.matches("\\d{1,11}\\.\\d{6}")) {
                violations.accept("time without six decimals: '" + time + "'");
            }
        }

        private void readEvent(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_STRING) {
                event = parser.getText().getBytes(StandardCharsets.UTF_8);
                return;
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            event = Arrays.copyOfRange(
                    body, from, (int) parser.currentLocation().getByteOffset());
        }

        private void readFields(JsonParser parser, JsonToken value) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                nested = true;
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, parser.getText());
                } else {
                    violations.accept("the field " + name + " that is no text");
                    nested = true;
                    parser.skipChildren();
                }
            }
        }

        /** The reply's to this object, 0 if it is good. */
        int code(HecSetup setup) {
            if (unknownMember) {
                return STOPS_SILENTLY;
            }
            if (nested) {
                return 15;
            }
            if (event == null) {
                return 12;
            }
            if (new String(event, StandardCharsets.UTF_8).isBlank()) {
                return 13;
            }
            String index = metadata.get("index");
            if (index != null && !setup.indexes.isEmpty() && !setup.indexes.contains(index)) {
                return 7;
            }
            return setup.refused.test(new String(event, StandardCharsets.UTF_8)) ? setup.refusalCode : 0;
        }

        HecEvent event() {
            return new HecEvent(time, Map.copyOf(metadata), Map.copyOf(fields), Objects.requireNonNull(event));
        }
    }
}
