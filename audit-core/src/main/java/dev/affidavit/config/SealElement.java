package dev.affidavit.config;

import dev.affidavit.store.SealOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The element that says how a log is sealed: one at most. Not thread-safe. */
final class SealElement {
    static final String NAME = "AuditSeal";

    /**
     * How a log is sealed without the element, and what holds for options that it leaves out. The log id, which is behind it in
     * the origin of each log, is what tells logs apart.
     */
    private static final SealOptions DEFAULT = SealOptions.of("affidavit");

    private final Problems problems;
    private final WitnessElements witnesses;
    private boolean found;
    private @Nullable SealOptions read = DEFAULT;

    SealElement(Problems problems) {
        this.problems = problems;
        this.witnesses = new WitnessElements(NAME, problems);
    }

    void read(ConfigNode node) {
        if (found) {
            problems.add(NAME, "expected one such element, found another");
        }
        found = true;
        Options options = new Options(node, NAME, problems);
        boolean enabled = options.flag("enabled", true);
        SealOptions seal = new SealOptions(
                origin(options),
                options.duration("interval", DEFAULT.interval(), Duration.ofMillis(1)),
                options.duration("anchorInterval", DEFAULT.anchorInterval(), Duration.ofSeconds(1)));
        options.children().forEach(this::readBelow);
        if (!enabled && !witnesses.all().isEmpty()) {
            options.problem("enabled", "expected true beside an %s, found false".formatted(WitnessElements.NAME));
        }
        read = enabled ? seal : null;
        options.rejectUnknown();
    }

    private void readBelow(ConfigNode child) {
        if (child.name().equals(WitnessElements.NAME)) {
            witnesses.read(child);
        } else {
            problems.add(NAME + "." + child.name(), "unknown element; known is %s".formatted(WitnessElements.NAME));
        }
    }

    private static String origin(Options options) {
        if (options.text("origin") == null) {
            return DEFAULT.origin();
        }
        String origin = options.required("origin");
        if (SealOptions.isOrigin(origin)) {
            return origin;
        }
        if (!origin.isBlank()) { // else that is said already
            options.problem(
                    "origin",
                    "expected 1 to 120 printable ASCII characters without spaces and plus, such as a host name and a path, found '%s'"
                            .formatted(origin));
        }
        return DEFAULT.origin(); // the configuration is refused
    }

    /** How the log is sealed; null if it is not. */
    @Nullable
    SealOptions seal() {
        return read;
    }

    /** Who cosigns it. */
    List<WitnessConfig> witnesses() {
        return witnesses.all();
    }
}
