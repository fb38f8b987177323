package dev.affidavit.forward.agent;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.EncryptionElement;
import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.ForwardersParser;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.Encryption;
import dev.affidavit.spi.EncryptionProvider;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the agent's file into an {@link AgentConfig}, or into the list of everything that is wrong with it. */
final class AgentConfigParser {
    private static final String FORWARDERS = "forwarders";
    private static final String ENCRYPTION = "encryption";
    private static final String OLD_KEYS = "oldKeys";
    /** What the provider calls one of them. */
    private static final String OLD_KEY = "AuditOldKey";

    private static final Duration DEFAULT_STATUS_INTERVAL = Duration.ofMinutes(5);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final Options options;
    private final Problems problems;
    private final InstantSource clock;

    private AgentConfigParser(Options options, Problems problems, InstantSource clock) {
        this.options = options;
        this.problems = problems;
        this.clock = clock;
    }

    /**
     * Reads a configuration.
     *
     * @param problems gets all of them; if there are any, what is returned is not used
     */
    static AgentConfig parse(
            ConfigNode node,
            Map<String, DestinationProvider> destinations,
            @Nullable EncryptionProvider encryption,
            InstantSource clock,
            Problems problems) {
        return new AgentConfigParser(new Options(node, "", problems), problems, clock).agent(destinations, encryption);
    }

    /** The forwarders alone, for who has the directory from elsewhere: it need not be there. The rest is looked at all the same. */
    static List<ForwarderConfig> forwarders(
            ConfigNode node,
            Map<String, DestinationProvider> destinations,
            @Nullable EncryptionProvider encryption,
            InstantSource clock,
            Problems problems) {
        return new AgentConfigParser(new Options(node, "", problems), problems, clock)
                .read(destinations, encryption)
                .forwarders();
    }

    private AgentConfig agent(Map<String, DestinationProvider> destinations, @Nullable EncryptionProvider encryption) {
        if (options.text("directory") == null) {
            options.problem("directory", "expected the directory of a log, found none");
        }
        return read(destinations, encryption);
    }

    private AgentConfig read(Map<String, DestinationProvider> destinations, @Nullable EncryptionProvider encryption) {
        Path directory = options.file("directory", null);
        AgentConfig config = new AgentConfig(
                directory == null ? Path.of("") : directory.toAbsolutePath(), // as messages name it
                options.text("service", ""),
                from(),
                options.duration("statusInterval", DEFAULT_STATUS_INTERVAL, Duration.ZERO),
                forwarders(destinations),
                encryption(encryption));
        options.rejectUnknown();
        return config;
    }

    /** A time to come is refused: events before it would be skipped once, and sent after a restart. */
    private @Nullable Instant from() {
        String text = options.text("from");
        if (text == null) {
            return null;
        }
        Instant from = time(text);
        if (from == null) {
            options.problem(
                    "from",
                    "expected a date, 2026-01-31, its first moment in UTC, or a time, 2026-01-31T12:00:00Z, found '%s'"
                            .formatted(text));
        } else if (from.isAfter(clock.instant())) {
            options.problem("from", "expected a time that has passed, found '%s'".formatted(text));
        }
        return from;
    }

    private static @Nullable Instant time(String text) {
        try {
            return DATE.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private List<ForwarderConfig> forwarders(Map<String, DestinationProvider> destinations) {
        List<ConfigNode> elements = new ArrayList<>();
        for (ConfigNode child : options.children()) {
            if (child.name().equals(FORWARDERS)) {
                elements.add(child);
            } else if (!child.name().equals(ENCRYPTION)) {
                options.problem(
                        child.name(),
                        "expected a value here; only %s and %s have lines below them"
                                .formatted(FORWARDERS, ENCRYPTION));
            }
        }
        if (options.text(FORWARDERS) != null) {
            options.problem(FORWARDERS, "expected a list of forwarders, found a value");
        } else if (elements.isEmpty()) {
            options.problem(FORWARDERS, "expected a list of at least one forwarder, found none");
        }
        return ForwardersParser.parse(FORWARDERS, elements, destinations, problems);
    }

    private @Nullable Encryption encryption(@Nullable EncryptionProvider provider) {
        if (options.text(ENCRYPTION) != null) {
            options.problem(ENCRYPTION, "expected the options of a key, found a value");
        }
        Problems found = new Problems();
        EncryptionElement element = new EncryptionElement(ENCRYPTION, provider, found);
        for (ConfigNode child : options.children()) {
            if (child.name().equals(ENCRYPTION)) {
                element.read(withOldKeys(child, found));
            }
        }
        for (String problem : found.all()) { // which name it as the provider does
            String named = problem.replace(OLD_KEY, OLD_KEYS);
            int end = named.indexOf(": ");
            problems.add(named.substring(0, end), named.substring(end + 2));
        }
        return element.encryption();
    }

    /** The same as the provider reads it. */
    private static ConfigNode withOldKeys(ConfigNode node, Problems found) {
        Map<String, String> values = new LinkedHashMap<>(node.values());
        if (values.remove(OLD_KEYS) != null) {
            found.add(ENCRYPTION + "." + OLD_KEYS, "expected a list of keys, found a value");
        }
        List<ConfigNode> children = node.children().stream()
                .map(child -> child.name().equals(OLD_KEYS)
                        ? new ConfigNode(OLD_KEY, child.values(), child.children())
                        : child)
                .toList();
        return new ConfigNode(ENCRYPTION, values, children);
    }
}
