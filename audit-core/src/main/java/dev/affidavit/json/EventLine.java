package dev.affidavit.json;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.store.Line;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event as its line, the form that docs/format.md describes. Written outside every lock; only the id, of fixed
 * width, is stamped when the line's place in the log is known. Used again for the next event. Not thread-safe.
 */
public final class EventLine implements Line {
    private static final byte[] HEAD = Ascii.bytes("{\"id\":\"evt_0000000000000000000_0000000000\",\"timestamp\":\"");

    /** The id's nanoseconds, whose first ten digits are its seconds too. */
    private static final int NANOS_AT = "{\"id\":\"evt_".length();

    private static final int SECONDS_DIGITS = 10;
    private static final int FRACTION_DIGITS = 9;
    private static final int SECONDS_AT = NANOS_AT + SECONDS_DIGITS + FRACTION_DIGITS + 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final byte[] EVENT_TYPE = Ascii.bytes("\",\"event_type\":");
    private static final byte[] SEVERITY = Ascii.bytes(",\"severity\":\"");
    private static final Map<Severity, byte[]> SEVERITIES = new EnumMap<>(Severity.class);
    private static final byte[] USERNAME = Ascii.bytes("\",\"username\":");
    private static final byte[] SESSION_ID = Ascii.bytes(",\"session_id\":");
    private static final byte[] IP_ADDRESS = Ascii.bytes(",\"ip_address\":");
    private static final byte[] PORT = Ascii.bytes(",\"port\":");
    private static final byte[] USER_AGENT = Ascii.bytes(",\"user_agent\":");
    private static final byte[] DESCRIPTION = Ascii.bytes(",\"description\":");
    private static final byte[] DETAILS = Ascii.bytes(",\"details\":");
    private static final byte[] SUCCESS = Ascii.bytes(",\"success\":");
    private static final byte[] ERROR_CODE = Ascii.bytes(",\"error_code\":");
    private static final byte[] DATABASE_NAME = Ascii.bytes(",\"database_name\":");
    private static final byte[] OBJECT_TYPE = Ascii.bytes(",\"object_type\":");
    private static final byte[] OBJECT_NAME = Ascii.bytes(",\"object_name\":");
    private static final byte[] COMMAND = Ascii.bytes(",\"command\":");
    private static final byte[] ROWS_AFFECTED = Ascii.bytes(",\"rows_affected\":");
    private static final byte[] SERVICE = Ascii.bytes(",\"service\":");
    private static final byte[] HOST = Ascii.bytes(",\"host\":");

    static {
        for (Severity severity : Severity.values()) {
            SEVERITIES.put(severity, Ascii.bytes(severity.name()));
        }
    }

    private final LineBuffer out = new LineBuffer();
    private final ValueWriter values = new ValueWriter(out);
    private final Timestamp timestamps = new Timestamp();
    /** The head of a line of the second that was seen last, with a fraction of zero. */
    private final byte[] head = HEAD.clone();

    private long headSecond;
    private IdSequence ids = IdSequence.beginning();
    private long nanos;
    /** The id that stands in the line. */
    private long stamped;

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
        values.details(sayable ? event.details() : withTimestamp(event.details(), String.valueOf(said)));
        outcome(event);
        object(event);
        origin(origin);
        out.write('}');
        out.write('\n');
    }

    private void head(AuditEvent event, Instant timestamp) {
        out.room(HEAD.length);
        out.advance(HEAD.length);
        stamp(Math.max(nanos, 0)); // mostly right: who is stored later has a later clock
        timestamps.write(out, timestamp);
        out.write(EVENT_TYPE);
        values.text(event.type().name());
        out.write(SEVERITY);
        out.write(Objects.requireNonNull(SEVERITIES.get(event.effectiveSeverity())));
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
        if (id != stamped) {
            stamp(id);
        }
    }

    /** Writes the head of the line, over the one that is there: what ends this in between leaves a line that can be stamped again. */
    private void stamp(long id) {
        long second = id / NANOS_PER_SECOND;
        if (second != headSecond) {
            Digits.set(head, NANOS_AT, second, SECONDS_DIGITS);
            Digits.set(head, SECONDS_AT, second, SECONDS_DIGITS);
            headSecond = second;
        }
        out.set(0, head);
        out.setDigits(NANOS_AT + SECONDS_DIGITS, id % NANOS_PER_SECOND, FRACTION_DIGITS);
        stamped = id;
    }
}
