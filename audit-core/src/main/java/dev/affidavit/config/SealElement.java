package dev.affidavit.config;

import dev.affidavit.store.SealOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The element that says how a log is sealed: one at most. Not thread-safe. */
final class SealElement {
    static final String NAME = "AuditSeal";

    /** How a log is sealed whose configuration has no such element, and what holds for options left out; null if it is not. */
    private static final @Nullable SealOptions DEFAULT = null;

    /** Of the options but for the origin, where that has no default. */
    private static final SealOptions TIMES = SealOptions.of("none");

    private final Problems problems;
    private boolean found;
    private @Nullable SealOptions read = DEFAULT;

    SealElement(Problems problems) {
        this.problems = problems;
    }

    void read(ConfigNode node) {
        if (found) {
            problems.add(NAME, "expected one such element, found another");
        }
        found = true;
        Options options = new Options(node, NAME, problems);
        SealOptions otherwise = DEFAULT == null ? TIMES : DEFAULT;
        String origin = DEFAULT == null ? options.required("origin") : options.text("origin", DEFAULT.origin());
        if (!SealOptions.isOrigin(origin)) {
            if (!origin.isBlank()) {
                options.problem(
                        "origin",
                        "expected 1 to 120 printable ASCII characters without spaces and plus, such as a host name and a path, found '%s'"
                                .formatted(origin));
            }
            origin = otherwise.origin();
        }
        read = new SealOptions(
                origin,
                options.duration("interval", otherwise.interval(), Duration.ofMillis(1)),
                options.duration("anchorInterval", otherwise.anchorInterval(), Duration.ofSeconds(1)));
        options.rejectUnknown();
    }

    /** How the log is sealed; null if it is not. */
    @Nullable
    SealOptions seal() {
        return read;
    }
}
