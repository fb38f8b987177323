package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.affidavit.spi.ForwardedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of lines. A document begins with what a line does not have:
 *
 * <pre>
 * {"@timestamp":"2026-01-19T02:54:27.000000Z","log_id":"9c1f…",
 * </pre>
 *
 * and goes on with the very bytes of the line behind its brace. A line that is no object, or one that would not be stored as it
 * stands, is a text: {@code "line":"…"}, or {@code "line_base64":"…"} if it is not UTF-8, behind the four fields by which events are
 * looked for, as far as it has them. Not thread-safe.
 */
final class Documents {
    static final String TIMESTAMP = "@timestamp";
    static final String LOG_ID = "log_id";
    static final String LINE = "line";
    static final String LINE_BASE64 = "line_base64";

    private static final JsonFactory JSON = new JsonFactory();

    private final String logId;
    private final IndexName index;
    private final InstantSource clock;

    Documents(String logId, IndexName index, InstantSource clock) {
        this.logId = logId;
        this.index = index;
        this.clock = clock;
    }

    /** The line's members as its own, if that can be. */
    Document of(ForwardedLine line) {
        return switch (LineShape.of(line.json())) {
            case OTHER -> wrapped(line);
            case EMPTY_OBJECT -> document(line, spliced(line, ""), true);
            case OBJECT -> document(line, spliced(line, ","), true);
        };
    }

    /** The line as a text. */
    Document wrapped(ForwardedLine line) {
        return document(line, text(line), false);
    }

    private Document document(ForwardedLine line, byte[] source, boolean whole) {
        return new Document(
                index.of(EventTime.of(line.timestamp())),
                DocumentId.of(logId, line),
                BinaryData.of(source, ContentType.APPLICATION_JSON),
                whole);
    }

    private byte[] spliced(ForwardedLine line, String separator) {
        byte[] head = "{\"%s\":\"%s\",\"%s\":\"%s\"%s"
                .formatted(TIMESTAMP, timestamp(line), LOG_ID, logId, separator)
                .getBytes(StandardCharsets.UTF_8);
        byte[] json = line.json();
        return ByteBuffer.allocate(head.length + json.length - 1)
                .put(head)
                .put(json, 1, json.length - 1)
                .array();
    }

    /** The event's own time; without one that of the delivery, for a data stream takes nothing without. */
    private String timestamp(ForwardedLine line) {
        EventTime time = EventTime.of(line.timestamp());
        return time != null
                ? time.text()
                : clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private byte[] text(ForwardedLine line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(line.json().length + 256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField(TIMESTAMP, timestamp(line));
            json.writeStringField(LOG_ID, logId);
            writeIfThere(json, "id", line.id());
            EventTime time = EventTime.of(line.timestamp());
            writeIfThere(json, "timestamp", time == null ? null : time.text());
            writeIfThere(json, "event_type", line.eventType());
            writeIfThere(json, "severity", line.severity());
            writeLine(json, line.json());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeIfThere(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void writeLine(JsonGenerator json, byte[] line) throws IOException {
        try {
            json.writeStringField(
                    LINE,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line))
                            .toString());
        } catch (CharacterCodingException notText) {
            json.writeStringField(LINE_BASE64, Base64.getEncoder().encodeToString(line));
        }
    }
}
