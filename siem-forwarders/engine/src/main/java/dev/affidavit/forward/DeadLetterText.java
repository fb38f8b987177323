package dev.affidavit.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as one line of JSON. The refused line is a string in it, {@code line}; or, if it is not UTF-8 or has control
 * characters, {@code line_base64}: then it grows by a third, and never sixfold.
 */
final class DeadLetterText {
    /** The longest line of a log, 16 MiB, of nothing but quotes; and more than enough for everything else. */
    static final int MAX_BYTES = 2 * 16 * 1024 * 1024 + 64 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build())
            .build();

    private DeadLetterText() {}

    /** With its {@code \n}. */
    static byte[] write(DeadLetter letter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(letter.line().length + 512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", letter.time().toString());
            json.writeStringField("forwarder", letter.forwarder());
            json.writeStringField("destination", letter.destination());
            json.writeStringField("log_id", letter.logId());
            json.writeStringField("segment", letter.segment());
            json.writeNumberField("offset", letter.offset());
            json.writeStringField("event_id", letter.eventId());
            json.writeNumberField("refusals", letter.refusals());
            json.writeStringField("reason", letter.reason());
            String text = text(letter.line());
            if (text != null) {
                json.writeStringField("line", text);
            } else {
                json.writeStringField("line_base64", Base64.getEncoder().encodeToString(letter.line()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a dead letter cannot be written to memory", e);
        }
        out.write('\n');
        return out.toByteArray();
    }

    /** Null if it is to be written as base64. */
    private static @Nullable String text(byte[] line) {
        for (byte b : line) {
            if (b >= 0 && b < ' ') {
                return null;
            }
        }
        try { // a decoder, since a String would take bytes that are no UTF-8 for something else
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else
     */
    static DeadLetter read(byte[] text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    String value = json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
                    if (value != null) {
                        fields.put(name, value);
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        try {
            return new DeadLetter(
                    Instant.parse(field(fields, "time")),
                    field(fields, "forwarder"),
                    field(fields, "destination"),
                    field(fields, "log_id"),
                    field(fields, "segment"),
                    Long.parseLong(field(fields, "offset")),
                    fields.get("event_id"),
                    Integer.parseInt(field(fields, "refusals")),
                    field(fields, "reason"),
                    line(fields));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] line(Map<String, String> fields) throws IOException {
        String text = fields.get("line");
        return text != null
                ? text.getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(field(fields, "line_base64"));
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("the field '%s' is missing".formatted(name));
        }
        return value;
    }
}
