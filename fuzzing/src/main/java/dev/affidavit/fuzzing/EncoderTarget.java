package dev.affidavit.fuzzing;

import dev.affidavit.AuditEvent;
import dev.affidavit.json.EventLine;
import dev.affidavit.json.IdSequence;
import dev.affidavit.json.Origin;
import java.time.Instant;

/** Any event becomes one line, which says what the event says, or has the documented mark in its place. */
public final class EncoderTarget {
    private static final Instant NOW = Instant.parse("2026-01-19T02:54:27.123456789Z");
    private static final IdSequence IDS = IdSequence.beginning();
    /** Used for one event after the other, as it is in a trail: nothing of one may show in the next. */
    private static EventLine line = new EventLine();

    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private EncoderTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        AnyEvent any = new AnyEvent(new Choices(input));
        AuditEvent event = any.event();
        Origin origin = any.origin();

        line.write(event, origin, NOW, IDS);
        line.settle();
        WrittenLine written = WrittenLine.of(line);
        new Promises(event, origin, NOW).hold(written);

        if (line.bytes().length > MAX_KEPT_BYTES) {
            line = new EventLine();
        }
    }
}
