package dev.affidavit.forward.database;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;

/**
 * A JSON value as every database holds it.
 *
 * @param transformed whether something in it could not be held as it was
 */
record DetailsText(String json, boolean transformed) {
    /** Lines of this product nest 16 deep; databases read JSON by recursion, and some give up at some thousands. */
    private static final int MAX_DEPTH = 64;
    /** Before and behind the point: doubles have 325 at most, and {@code jsonb} writes all the zeros of a number. */
    private static final int MAX_DIGITS = 1000;

    /** Reads the value whose first token is the current one; its last token is the current one then. */
    static DetailsText of(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = RowReader.JSON.createGenerator(text)) {
            Copy copy = new Copy(parser, out);
            copy.run();
            out.flush();
            return new DetailsText(text.toString(), copy.transformed);
        }
    }

    /** One copying, without recursion. */
    private static final class Copy {
        private final JsonParser in;
        private final JsonGenerator out;
        private int depth;
        private boolean transformed;

        Copy(JsonParser in, JsonGenerator out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            take(in.currentToken());
            while (depth > 0) {
                take(in.nextToken());
            }
        }

        private void take(JsonToken token) throws IOException {
            switch (token) {
                case START_OBJECT, START_ARRAY -> begin(token);
                case END_OBJECT -> {
                    out.writeEndObject();
                    depth--;
                }
                case END_ARRAY -> {
                    out.writeEndArray();
                    depth--;
                }
                case FIELD_NAME -> out.writeFieldName(storable(in.currentName()));
                case VALUE_STRING -> out.writeString(storable(in.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in.getText());
                default -> out.copyCurrentEvent(in);
            }
        }

        private void begin(JsonToken token) throws IOException {
            if (depth == MAX_DEPTH) {
                in.skipChildren();
                out.writeString("[cut, nested deeper than %d]".formatted(MAX_DEPTH));
                transformed = true;
                return;
            }
            depth++;
            if (token == JsonToken.START_OBJECT) {
                out.writeStartObject();
            } else {
                out.writeStartArray();
            }
        }

        private String storable(String text) {
            String storable = StorableText.of(text);
            transformed |= !storable.equals(text);
            return storable;
        }

        private void number(String text) throws IOException {
            if (isHeld(text)) {
                out.writeNumber(text);
            } else {
                out.writeString(text);
                transformed = true;
            }
        }

        private static boolean isHeld(String text) {
            try {
                return text.length() <= MAX_DIGITS && Math.abs((long) new BigDecimal(text).scale()) <= MAX_DIGITS;
            } catch (NumberFormatException e) { // an exponent that no int holds
                return false;
            }
        }
    }
}
