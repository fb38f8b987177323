package dev.affidavit.fuzzing;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import dev.affidavit.json.Origin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of any shape that an application can make. */
final class AnyEvent {
    private static final int MAX_NANOS = 999_999_999;
    private static final int MAX_PORT = 65_535;
    private static final List<Severity> SEVERITIES = List.of(Severity.values());

    private final Choices choices;

    AnyEvent(Choices choices) {
        this.choices = choices;
    }

    Origin origin() {
        return choices.flag() ? new Origin(choices.longText(), choices.longText()) : new Origin("", "");
    }

    AuditEvent event() {
        AuditEvent.Builder event = AuditEvent.builder(type());
        if (choices.flag()) {
            event.timestamp(moment());
        }
        if (choices.flag()) {
            event.severity(choices.of(SEVERITIES));
        }
        if (choices.flag()) {
            event.port((int) Math.floorMod(choices.number(), (long) MAX_PORT + 1));
        }
        if (choices.flag()) {
            event.success(choices.flag());
        }
        if (choices.flag()) {
            event.rowsAffected(choices.number() & Long.MAX_VALUE);
        }
        event.username(text()).sessionId(text()).ipAddress(text());
        event.userAgent(text()).description(text()).errorCode(text());
        event.databaseName(text()).objectType(text());
        event.objectName(text()).command(text());
        AnyValue values = new AnyValue(choices);
        for (int i = choices.below(8); i > 0; i--) {
            event.detail(choices.longText(), values.next());
        }
        return event.build();
    }

    private Instant moment() {
        long seconds = choices.number();
        long within = Math.floorMod(seconds, Instant.MAX.getEpochSecond() - Instant.MIN.getEpochSecond() + 1);
        return Instant.ofEpochSecond(
                Instant.MIN.getEpochSecond() + within, Math.floorMod(choices.number(), (long) MAX_NANOS + 1));
    }

    private EventType type() {
        String name = choices.longText();
        return name.isBlank() ? EventType.AUTH_FAILURE : EventType.of(name);
    }

    private @Nullable String text() {
        return choices.flag() ? choices.longText() : null;
    }
}
