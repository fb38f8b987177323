package dev.affidavit.config;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogOptions;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns the configuration of an appender, as a framework hands it over, into a {@link TrailConfig}, or into the list of
 * everything that is wrong with it. Holds every default.
 */
public final class TrailConfigParser {
    private static final String FORWARDER = "AuditForwarder";
    private static final String DEFAULT_MARKER = "AUDIT";
    private static final String NOT_YET = "not supported by this version; leave it out";
    /** Part of the documented surface, and refused until they do what they say. */
    private static final List<String> NOT_YET_OPTIONS = List.of("maxAge", "minAge", "unshipped");

    private static final Set<String> NOT_YET_ELEMENTS = Set.of("AuditSeal", "AuditEncryption", "AuditPolicies");

    private final ConfigNode node;
    private final Map<String, DestinationProvider> destinations;
    private final Problems problems = new Problems();

    private TrailConfigParser(ConfigNode node, Map<String, DestinationProvider> destinations) {
        this.node = node;
        this.destinations = destinations;
    }

    /**
     * Reads a configuration.
     *
     * @param destinations by what {@code to} says
     */
    public static ParsedConfig parse(ConfigNode node, Map<String, DestinationProvider> destinations) {
        TrailConfigParser parser = new TrailConfigParser(node, destinations);
        TrailConfig config = parser.trail();
        return new ParsedConfig(config, List.copyOf(parser.problems.all()));
    }

    private TrailConfig trail() {
        Options options = new Options(node, "", problems);
        List<ForwarderConfig> forwarders = forwarders(options.children());
        OnFailure onFailure = options.choice("onFailure", OnFailure.FAIL_OPERATION);
        if (options.flag("ignoreExceptions", false) && onFailure == OnFailure.FAIL_OPERATION) {
            options.problem(
                    "ignoreExceptions",
                    "true hides the exception that onFailure=\"fail-operation\" promises; leave it out, or say"
                            + " onFailure=\"continue\"");
        }
        TrailConfig config = new TrailConfig(
                options.required("name"),
                marker(options),
                options.choice("durability", Durability.WRITTEN),
                onFailure,
                log(options, forwarders),
                options.text("service", ""),
                options.list("contextKeys"),
                forwarders);
        NOT_YET_OPTIONS.forEach(name -> options.refuse(name, NOT_YET));
        // A framework that does not know an element may hand it over as an option.
        NOT_YET_ELEMENTS.forEach(name -> options.refuse(name, NOT_YET));
        options.rejectUnknown();
        return config;
    }

    private static String marker(Options options) {
        String marker = options.text("marker", DEFAULT_MARKER);
        if (marker.isBlank()) {
            options.problem("marker", "expected the name of a marker, found '" + marker + "'");
            return DEFAULT_MARKER; // an appender that refuses has to know what
        }
        return marker;
    }

    private LogOptions log(Options options, List<ForwarderConfig> forwarders) {
        Path directory = options.file("directory", null);
        return LogOptions.in(directory == null ? Path.of("log_files", "security") : directory)
                .maxSegmentBytes(options.size("maxFileSize", 50L << 20, 1024))
                .rotationInterval(options.duration("rotationInterval", Duration.ofDays(1), Duration.ofSeconds(1)))
                .maxSegments(options.integer("maxFiles", 100, 2, 1_000_000))
                .forceAfterLines(options.integer("bufferSize", 100, 1, 1_000_000))
                .forceInterval(options.duration("flushInterval", Duration.ofSeconds(5), Duration.ofMillis(1)))
                .forceTimeout(options.duration("forceTimeout", Duration.ofSeconds(30), Duration.ofMillis(1)))
                .permissions(permissions(options))
                .lockTimeout(options.duration("lockTimeout", Duration.ofSeconds(10), Duration.ZERO))
                .pinnedBy(forwarders.stream().map(ForwarderConfig::name).collect(Collectors.toSet()))
                .build();
    }

    private static Set<PosixFilePermission> permissions(Options options) {
        String text = options.text("filePermissions", "rw-------");
        try {
            Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(text);
            if (permissions.containsAll(PosixFilePermissions.fromString("rw-------"))) {
                return permissions;
            }
            options.problem("filePermissions", "expected the owner to read and write, found '" + text + "'");
        } catch (IllegalArgumentException e) {
            options.problem("filePermissions", "expected a mode such as rw------- or rw-r-----, found '" + text + "'");
        }
        return PosixFilePermissions.fromString("rw-------");
    }

    private List<ForwarderConfig> forwarders(List<ConfigNode> children) {
        List<ForwarderConfig> forwarders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int index = 0;
        for (ConfigNode child : children) {
            if (child.name().equals(FORWARDER)) {
                forwarder(child, index++, names, forwarders);
            } else if (NOT_YET_ELEMENTS.contains(child.name())) {
                problems.add(child.name(), NOT_YET);
            } else {
                problems.add(child.name(), "unknown element; known is " + FORWARDER);
            }
        }
        return forwarders;
    }

    private void forwarder(ConfigNode child, int index, Set<String> names, List<ForwarderConfig> forwarders) {
        String to = child.values().getOrDefault("to", "");
        String name = child.values().getOrDefault("name", to);
        Options options = new Options(child, "%s[%s]".formatted(FORWARDER, name.isEmpty() ? index : name), problems);
        options.required("to");
        options.text("name");
        DestinationProvider provider = destinations.get(to);
        if (provider == null) {
            if (!to.isBlank()) {
                options.problem("to", noSuchDestination(to));
            }
            return; // without the provider nobody knows which options there are
        }
        if (!Cursors.isName(name)) {
            options.problem("name", "expected letters, digits, '_' and '-', at most 64, found '" + name + "'");
        } else if (!names.add(name)) {
            options.problem("name", "a forwarder above has this name too; give each its own");
        }
        try {
            forwarders.add(ForwarderConfig.of(name, provider.configure(options)));
            options.rejectUnknown();
        } catch (RuntimeException | LinkageError e) { // from a provider of others: the appender must still refuse
            options.problem("to", "its options cannot be read: " + e);
        }
    }

    private String noSuchDestination(String to) {
        String known = destinations.isEmpty()
                ? "there is none on the class path"
                : "known are "
                        + String.join(
                                ", ", destinations.keySet().stream().sorted().toList());
        return "no destination '%s'; %s; is affidavit-forwarder-%s on the class path?".formatted(to, known, to);
    }
}
