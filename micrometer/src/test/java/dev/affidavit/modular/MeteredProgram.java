package dev.affidavit.modular;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.micrometer.AuditMetrics;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.trail.AuditSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;

/** Opens the log that its argument names, and says what Micrometer counts, and in which module the binder is. */
public final class MeteredProgram {
    private MeteredProgram() {}

    @SuppressWarnings("SystemOut") // it is how it reports
    public static void main(String[] arguments) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ConfigNode node = new ConfigNode("Audit", Map.of("name", "audit", "directory", arguments[0]), List.of());
        try (AuditMetrics metrics = AuditMetrics.ofAllLogs();
                AuditSink sink = AuditSink.open(node, List.of(), new RecordingStatus())) {
            metrics.bindTo(registry);
            System.out.println(AuditMetrics.class.getModule() + ", " + sink.problems() + ", "
                    + registry.get("affidavit.events.recorded")
                            .functionCounter()
                            .count());
        }
    }
}
