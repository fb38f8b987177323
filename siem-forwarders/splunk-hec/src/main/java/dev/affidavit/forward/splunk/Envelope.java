package dev.affidavit.forward.splunk;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the event endpoint is sent: for each line an object, one behind the other.
 *
 * <pre>
 * {"time":1768791267.000000,"host":"db1","source":"payments","sourcetype":"affidavit:json","index":"audit",
 *  "fields":{"log_id":"9c1f…","event_id":"evt_…","event_type":"AUTH_FAILURE","severity":"WARNING"},"event":{…}}
 * </pre>
 *
 * {@code event} is the line, byte by byte. A line that is no JSON object is a text there, and has the time at which it is sent. No
 * other members: of an object with one that Splunk does not know, and of all behind it, nothing is indexed and nothing is
 * said. Immutable.
 */
final class Envelope {
    /** What stands around a line. */
    private static final int ROOM_PER_LINE = 512;

    private static final String DEFAULT_SOURCE = "affidavit";

    private final byte[] constant;
    private final List<String> fields;
    private final InstantSource clock;

    Envelope(LogIdentity log, Metadata metadata, InstantSource clock) {
        this.constant = constant(log, metadata);
        this.fields = metadata.fields().stream().sorted().toList();
        this.clock = clock;
    }

    private static byte[] constant(LogIdentity log, Metadata metadata) {
        String service = log.service().isEmpty() ? DEFAULT_SOURCE : log.service();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        member(out, ",\"host\":", metadata.host() == null ? log.host() : metadata.host());
        member(out, ",\"source\":", metadata.source() == null ? service : metadata.source());
        member(out, ",\"sourcetype\":", metadata.sourcetype());
        member(out, ",\"index\":", metadata.index());
        member(out, ",\"fields\":{\"log_id\":", log.logId());
        return out.toByteArray();
    }

    byte[] of(List<ForwardedLine> lines) {
        int bytes = 0;
        for (ForwardedLine line : lines) {
            bytes += line.json().length + ROOM_PER_LINE;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes);
        for (ForwardedLine line : lines) {
            write(out, line);
        }
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, ForwardedLine line) {
        text(out, "{\"time\":");
        text(out, time(line));
        out.writeBytes(constant);
        member(out, ",\"event_id\":", line.id());
        for (String field : fields) {
            member(out, ",\"" + field + "\":", value(line, field));
        }
        if (JsonValue.isObject(line.json())) {
            text(out, "},\"event\":");
            out.writeBytes(line.json());
        } else {
            // What Splunk cannot hold is changed, and says so.
            text(out, JsonValue.isUtf8(line.json()) ? "},\"event\":" : ",\"changed\":\"was no UTF-8\"},\"event\":");
            out.writeBytes(JsonValue.quoted(new String(line.json(), StandardCharsets.UTF_8)));
        }
        out.write('}');
    }

    private String time(ForwardedLine line) {
        String timestamp = line.timestamp();
        String time = timestamp == null ? null : EpochTime.of(timestamp);
        return time == null ? EpochTime.of(clock.instant()) : time;
    }

    /** These two are read without reading the rest of the line. */
    private static @Nullable String value(ForwardedLine line, String field) {
        return switch (field) {
            case "event_type" -> line.eventType();
            case "severity" -> line.severity();
            default -> line.field(field);
        };
    }

    private static void member(ByteArrayOutputStream out, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text(out, name);
            out.writeBytes(JsonValue.quoted(value));
        }
    }

    private static void text(ByteArrayOutputStream out, String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }
}
