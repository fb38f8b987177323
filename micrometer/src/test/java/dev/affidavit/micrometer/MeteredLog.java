package dev.affidavit.micrometer;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.spi.LogCall;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.trail.AuditSink;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The configuration of a log, which is opened, and perhaps opened again, without a framework. */
record MeteredLog(Path directory, String name, List<ConfigNode> elements, RecordingStatus status) {
    static MeteredLog in(Path directory) {
        return new MeteredLog(directory, "audit", List.of(), new RecordingStatus());
    }

    MeteredLog named(String other) {
        return new MeteredLog(directory, other, elements, status);
    }

    MeteredLog forwardingTo(String forwarder, String host) {
        return with(new ConfigNode("AuditForwarder", Map.of("to", "stub", "name", forwarder, "host", host), List.of()));
    }

    MeteredLog toldTo(String listener) {
        return with(new ConfigNode("AuditListener", Map.of("provider", "stub", "name", listener), List.of()));
    }

    private MeteredLog with(ConfigNode element) {
        List<ConfigNode> more = new ArrayList<>(elements);
        more.add(element);
        return new MeteredLog(directory, name, more, status);
    }

    /** Opens it as an appender does, or takes it over from one that has it open. */
    AuditSink open() {
        AuditSink sink = AuditSink.open(
                new ConfigNode(
                        "Audit",
                        Map.of(
                                "name",
                                name,
                                "directory",
                                directory.toString(),
                                "flushInterval",
                                "1h",
                                "rotationInterval",
                                "36500d"),
                        elements),
                List.of(),
                status);
        sink.installed();
        return sink;
    }

    /** A call of a plain logger with marker {@code AUDIT}. */
    static LogCall call() {
        return new Call(null);
    }

    /** A call that cannot be recorded. */
    static LogCall failingCall() {
        return new Call(new StackOverflowError("deep"));
    }

    private record Call(@Nullable Error failure) implements LogCall {
        @Override
        public boolean isMarked(String marker) {
            return marker.equals("AUDIT");
        }

        @Override
        public @Nullable String markerBelow(String marker) {
            return null;
        }

        @Override
        public @Nullable AuditEvent event() {
            return null;
        }

        @Override
        public Instant time() {
            return Instant.EPOCH;
        }

        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String message() {
            return "x";
        }

        @Override
        public @Nullable Thrown thrown() {
            return null;
        }

        @Override
        public boolean isBare() {
            return failure == null;
        }

        @Override
        public void forEachKeyValue(BiConsumer<String, @Nullable Object> consumer) {
            // It has none.
        }

        @Override
        public void forEachContextValue(BiConsumer<String, @Nullable String> consumer) {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public boolean isOnCallersThread() {
            return true;
        }
    }
}
