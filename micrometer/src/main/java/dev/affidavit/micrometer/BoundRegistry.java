package dev.affidavit.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The meters of audit logs in one registry. Not thread-safe. */
final class BoundRegistry {
    private final MeterRegistry registry;
    private final Map<Tags, List<Meter>> shown = new HashMap<>();

    BoundRegistry(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the meters those of the subjects: adds what is new, removes what is gone. */
    void show(List<Subject<?>> subjects) {
        Map<Tags, Subject<?>> wanted =
                subjects.stream().collect(Collectors.toMap(Subject::tags, subject -> subject, (one, same) -> one));
        shown.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
        wanted.forEach((tags, subject) -> shown.computeIfAbsent(tags, added -> subject.bind(registry)));
    }

    boolean isClosed() {
        return registry.isClosed();
    }
}
