package dev.affidavit.config;

import dev.affidavit.config.ProvidedElements.Kind;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.EncryptionProvider;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.RetentionLimits;
import dev.affidavit.store.Unshipped;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the configuration of an appender, as a framework hands it over, into a {@link TrailConfig}, or into the list of
 * everything that is wrong with it. Holds every default.
 */
public final class TrailConfigParser {
    private static final String DEFAULT_MARKER = "AUDIT";
    private static final String NOT_YET = "not supported by this version; leave it out";
    /** Part of the documented surface, and refused until they do what they say. */
    private static final Set<String> NOT_YET_ELEMENTS = Set.of("AuditPolicies");

    private final ConfigNode node;
    private final Problems problems = new Problems();
    private final ProvidedElements<DestinationProvider, ForwarderConfig> forwarders;
    private final ProvidedElements<AuditListenerProvider, ListenerConfig> listeners;
    private final SealElement seal = new SealElement(problems);
    private final EncryptionElement encryption;

    private TrailConfigParser(
            ConfigNode node,
            Map<String, DestinationProvider> destinations,
            Map<String, AuditListenerProvider> listenerProviders,
            @Nullable EncryptionProvider encryptionProvider) {
        this.node = node;
        this.encryption = new EncryptionElement(EncryptionElement.NAME, encryptionProvider, problems);
        this.forwarders = new ProvidedElements<>(Kind.FORWARDER, destinations, ForwarderConfig::read, problems);
        this.listeners = new ProvidedElements<>(
                Kind.LISTENER,
                listenerProviders,
                (name, provider, options) -> new ListenerConfig(name, provider.configure(options)),
                problems);
    }

    /**
     * Reads a configuration.
     *
     * @param destinations by what {@code to} of a forwarder says
     * @param listeners by what {@code provider} of a listener says
     * @param encryption encrypts logs; null if there is nothing that does
     */
    public static ParsedConfig parse(
            ConfigNode node,
            Map<String, DestinationProvider> destinations,
            Map<String, AuditListenerProvider> listeners,
            @Nullable EncryptionProvider encryption) {
        TrailConfigParser parser = new TrailConfigParser(node, destinations, listeners, encryption);
        TrailConfig config = parser.trail();
        return new ParsedConfig(config, List.copyOf(parser.problems.all()));
    }

    private TrailConfig trail() {
        Options options = new Options(node, "", problems);
        readElements(options.children());
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
                log(options),
                options.text("service", ""),
                options.list("contextKeys"),
                forwarders.all(),
                listeners.all(),
                seal.witnesses(),
                encryption.encryption());
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

    private LogOptions log(Options options) {
        Path directory = options.file("directory", null);
        LogOptions.Builder log = LogOptions.in(directory == null ? Path.of("log_files", "security") : directory);
        retention(options, log);
        return log.rotationInterval(options.duration("rotationInterval", Duration.ofDays(1), Duration.ofSeconds(1)))
                .forceAfterLines(options.integer("bufferSize", 100, 1, 1_000_000))
                .forceInterval(options.duration("flushInterval", Duration.ofSeconds(5), Duration.ofMillis(1)))
                .forceTimeout(options.duration("forceTimeout", Duration.ofSeconds(30), Duration.ofMillis(1)))
                .permissions(permissions(options))
                .lockTimeout(options.duration("lockTimeout", Duration.ofSeconds(10), Duration.ZERO))
                .pinnedBy(pinnedBy(options))
                .diskReserveBytes(options.size("diskReserve", 1L << 20, 0))
                .diskWarningBytes(options.size("diskWarning", 256L << 20, 0))
                .seal(seal.seal())
                .build();
    }

    private static void retention(Options options, LogOptions.Builder log) {
        long maxFileSize = options.size("maxFileSize", 50L << 20, 1024);
        long maxBytes = options.size("maxBytes", RetentionLimits.NO_LIMIT, 1);
        if (maxBytes / 2 < maxFileSize) {
            options.problem(
                    "maxBytes",
                    "expected at least twice maxFileSize, %dB: the file being written and one before it, found '%s'"
                            .formatted(maxFileSize, options.text("maxBytes")));
            maxBytes = RetentionLimits.NO_LIMIT;
        }
        Duration maxAge = options.duration("maxAge", Duration.ofDays(90), Duration.ofSeconds(1));
        Duration minAge = options.duration("minAge", Duration.ZERO, Duration.ZERO);
        if (minAge.compareTo(maxAge) > 0) {
            options.problem(
                    "minAge",
                    "expected at most maxAge, %ds, found '%s'".formatted(maxAge.toSeconds(), options.text("minAge")));
            minAge = Duration.ZERO;
        }
        log.maxSegmentBytes(maxFileSize)
                .maxSegments(options.integer("maxFiles", 100, 2, 1_000_000))
                .maxAge(maxAge)
                .minAge(minAge)
                .maxBytes(maxBytes)
                .unshipped(options.choice("unshipped", Unshipped.KEEP));
    }

    private Set<String> pinnedBy(Options options) {
        Set<String> names = new HashSet<>();
        forwarders.all().forEach(forwarder -> names.add(forwarder.name()));
        for (String external : options.list("externalForwarders")) {
            if (!Cursors.isName(external)) {
                options.problem("externalForwarders", ProvidedElements.BAD_NAME.formatted(external));
            } else if (!names.add(external)) {
                options.problem(
                        "externalForwarders",
                        "'%s' is the name of a forwarder here; give the one of the other process its own"
                                .formatted(external));
            }
        }
        return names;
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

    private void readElements(List<ConfigNode> elements) {
        for (ConfigNode element : elements) {
            if (element.name().equals(Kind.FORWARDER.element())) {
                forwarders.read(element);
            } else if (element.name().equals(Kind.LISTENER.element())) {
                listeners.read(element);
            } else if (element.name().equals(SealElement.NAME)) {
                seal.read(element);
            } else if (element.name().equals(EncryptionElement.NAME)) {
                encryption.read(element);
            } else if (NOT_YET_ELEMENTS.contains(element.name())) {
                problems.add(element.name(), NOT_YET);
            } else {
                problems.add(
                        element.name(),
                        "unknown element; known are %s, %s, %s and %s"
                                .formatted(
                                        Kind.FORWARDER.element(),
                                        Kind.LISTENER.element(),
                                        SealElement.NAME,
                                        EncryptionElement.NAME));
            }
        }
    }
}
