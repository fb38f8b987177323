package dev.affidavit.json;

import dev.affidavit.AuditEvent;
import dev.affidavit.store.Line;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as its line, the form that docs/format.md describes. Written outside every lock; only the id, of fixed
 * width, is stamped when the line's place in the log is known. Used again for the next event. Not thread-safe.
 */
public final class EventLine implements Line {
    private static final byte[] ID = ascii("{\"id\":\"evt_");
    private static final int NANOS_AT = ID.length;
    private static final int NANOS_DIGITS = 19;
    private static final int SECONDS_AT = NANOS_AT + NANOS_DIGITS + 1;
    private static final int SECONDS_DIGITS = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] EVENT_TYPE = ascii("\",\"event_type\":");
    private static final byte[] SEVERITY = ascii(",\"severity\":\"");
    private static final byte[] USERNAME = ascii("\",\"username\":");
    private static final byte[] SESSION_ID = ascii(",\"session_id\":");
    private static final byte[] IP_ADDRESS = ascii(",\"ip_address\":");
    private static final byte[] PORT = ascii(",\"port\":");
    private static final byte[] USER_AGENT = ascii(",\"user_agent\":");
    private static final byte[] DESCRIPTION = ascii(",\"description\":");
    private static final byte[] DETAILS = ascii(",\"details\":");
    private static final byte[] SUCCESS = ascii(",\"success\":");
    private static final byte[] ERROR_CODE = ascii(",\"error_code\":");
    private static final byte[] DATABASE_NAME = ascii(",\"database_name\":");
    private static final byte[] OBJECT_TYPE = ascii(",\"object_type\":");
    private static final byte[] OBJECT_NAME = ascii(",\"object_name\":");
    private static final byte[] COMMAND = ascii(",\"command\":");
    private static final byte[] ROWS_AFFECTED = ascii(",\"rows_affected\":");
    private static final byte[] SERVICE = ascii(",\"service\":");
    private static final byte[] HOST = ascii(",\"host\":");

    private final LineBuffer out = new LineBuffer();
    private final ValueWriter values = new ValueWriter(out);
    private IdSequence ids = IdSequence.beginning();
    private long nanos;

    /**
     * Writes the event.
     *
     * @param origin written to the line if it has a service
     * @param now when the event is recorded: the source of its id, and its timestamp if it has none
     * @param sequence gives the id when the line is stored
     */
    public void write(AuditEvent event, Origin origin, Instant now, IdSequence sequence) {
        ids = sequence;
        nanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        Limits limits = Limits.WIDEST;
        while (!fits(limits, event, origin, now)) {
            limits = limits.narrower();
        }
    }

    private boolean fits(Limits limits, AuditEvent event, Origin origin, Instant now) {
        try {
            writeWithin(limits, event, origin, now);
            return out.length() <= Limits.MAX_LINE_BYTES;
        } catch (LineTooLongException e) {
            return false;
        }
    }

    private void writeWithin(Limits limits, AuditEvent event, Origin origin, Instant now) {
        out.clear();
        values.limit(limits);
        Instant said = event.timestamp();
        boolean sayable = said == null || Timestamp.isWritable(said);
        head(event, said != null && sayable ? said : now);
        who(event);
        out.write(DETAILS);
        values.object(sayable ? event.details() : withTimestamp(event.details(), String.valueOf(said)));
        outcome(event);
        object(event);
        origin(origin);
        out.write('}');
        out.write('\n');
    }

    private void head(AuditEvent event, Instant timestamp) {
        out.write(ID);
        out.writeDigits(0, NANOS_DIGITS);
        out.write('_');
        out.writeDigits(0, SECONDS_DIGITS);
        out.write(TIMESTAMP);
        Timestamp.write(out, timestamp);
        out.write(EVENT_TYPE);
        values.text(event.type().name());
        out.write(SEVERITY);
        out.write(ascii(event.effectiveSeverity().name()));
    }

    private void who(AuditEvent event) {
        text(USERNAME, event.username());
        text(SESSION_ID, event.sessionId());
        text(IP_ADDRESS, event.ipAddress());
        out.write(PORT);
        Integer port = event.port();
        if (port == null) {
            values.nothing();
        } else {
            values.number(port);
        }
        text(USER_AGENT, event.userAgent());
        text(DESCRIPTION, event.description());
    }

    private void outcome(AuditEvent event) {
        out.write(SUCCESS);
        Boolean success = event.success();
        values.bool(success != null ? success : event.type().success());
        text(ERROR_CODE, event.errorCode());
    }

    private void object(AuditEvent event) {
        optional(DATABASE_NAME, event.databaseName());
        optional(OBJECT_TYPE, event.objectType());
        optional(OBJECT_NAME, event.objectName());
        optional(COMMAND, event.command());
        Long rows = event.rowsAffected();
        if (rows != null) {
            out.write(ROWS_AFFECTED);
            values.number(rows);
        }
    }

    private void origin(Origin origin) {
        if (!origin.service().isEmpty()) {
            text(SERVICE, origin.service());
            text(HOST, origin.host());
        }
    }

    /** A moment that the timestamp cannot hold is kept where it can be seen. */
    private static Map<String, @Nullable Object> withTimestamp(Map<String, @Nullable Object> details, String said) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(details);
        String free = "timestamp";
        for (int i = 2; more.containsKey(free); i++) {
            free = "timestamp#" + i;
        }
        more.put(free, said);
        return more;
    }

    private void text(byte[] name, @Nullable String text) {
        out.write(name);
        values.text(text == null ? "" : text);
    }

    private void optional(byte[] name, @Nullable String text) {
        if (text != null) {
            text(name, text);
        }
    }

    @Override
    public byte[] bytes() {
        return out.bytes();
    }

    @Override
    public int length() {
        return out.length();
    }

    @Override
    public void settle() {
        long id = ids.next(nanos);
        out.setDigits(NANOS_AT, id, NANOS_DIGITS);
        out.setDigits(SECONDS_AT, id / NANOS_PER_SECOND, SECONDS_DIGITS);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
