package dev.affidavit.spi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A log call without a framework. */
public final class FakeCall implements LogCall {
    public static final Instant TIME = Instant.parse("2026-01-19T02:54:27.5Z");

    private final List<String> keys = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final Map<String, @Nullable String> context = new LinkedHashMap<>();
    private @Nullable String marker = "AUDIT";
    private boolean belowAudit;
    private @Nullable AuditEvent event;
    private Severity severity = Severity.INFO;
    private String message = "";
    private @Nullable Thrown thrown;
    private boolean onCallersThread = true;
    private @Nullable Error failure;

    /** A call with marker {@code AUDIT}. */
    public static FakeCall of(String message) {
        FakeCall call = new FakeCall();
        call.message = message;
        return call;
    }

    /** A call that carries an event. */
    public static FakeCall of(AuditEvent event) {
        FakeCall call = of("formatted " + event);
        call.event = event;
        return call;
    }

    @CanIgnoreReturnValue
    public FakeCall unmarked() {
        marker = null;
        return this;
    }

    /** Marked with {@code AUDIT}, or one below it. */
    @CanIgnoreReturnValue
    public FakeCall marked(String name) {
        marker = name;
        belowAudit = true;
        return this;
    }

    /** Marked with a marker that has nothing to do with audit. */
    @CanIgnoreReturnValue
    public FakeCall markedOtherwise(String name) {
        marker = name;
        belowAudit = false;
        return this;
    }

    @CanIgnoreReturnValue
    public FakeCall keyValue(String key, @Nullable Object value) {
        keys.add(key);
        values.add(value);
        return this;
    }

    @CanIgnoreReturnValue
    public FakeCall context(String key, @Nullable String value) {
        context.put(key, value);
        return this;
    }

    @CanIgnoreReturnValue
    public FakeCall level(Severity of) {
        severity = of;
        return this;
    }

    @CanIgnoreReturnValue
    public FakeCall thrown(String className, @Nullable String text) {
        thrown = new Thrown(className, text);
        return this;
    }

    /** As behind an asynchronous stage. */
    @CanIgnoreReturnValue
    public FakeCall onAnotherThread() {
        onCallersThread = false;
        return this;
    }

    /** Its context throws when it is read. */
    @CanIgnoreReturnValue
    public FakeCall failing(Error error) {
        failure = error;
        return this;
    }

    @Override
    public boolean isMarked(String name) {
        return name.equals(marker) || (name.equals("AUDIT") && belowAudit);
    }

    @Override
    public @Nullable String markerBelow(String name) {
        return isMarked(name) && !name.equals(marker) ? marker : null;
    }

    @Override
    public @Nullable AuditEvent event() {
        return event;
    }

    @Override
    public Instant time() {
        return TIME;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String message() {
        return message;
    }

    @Override
    public @Nullable Thrown thrown() {
        return thrown;
    }

    @Override
    public boolean isBare() {
        return keys.isEmpty() && thrown == null && failure == null && context.isEmpty();
    }

    @Override
    public void forEachKeyValue(BiConsumer<String, @Nullable Object> consumer) {
        for (int i = 0; i < keys.size(); i++) {
            consumer.accept(keys.get(i), values.get(i));
        }
    }

    @Override
    public void forEachContextValue(BiConsumer<String, @Nullable String> consumer) {
        if (failure != null) {
            throw failure;
        }
        context.forEach(consumer);
    }

    @Override
    public boolean isOnCallersThread() {
        return onCallersThread;
    }
}
