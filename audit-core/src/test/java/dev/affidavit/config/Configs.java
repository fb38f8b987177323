package dev.affidavit.config;

import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.LogIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations as a framework hands them over. */
final class Configs {
    private Configs() {}

    /** An element with these values, given as name and text in turn. */
    static ConfigNode element(String element, List<ConfigNode> children, String... namesAndTexts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new ConfigNode(element, values, children);
    }

    /** An appender of the name {@code audit}. */
    static ConfigNode audit(String... namesAndTexts) {
        ConfigNode node = element("Audit", List.of(), namesAndTexts);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", "audit");
        values.putAll(node.values());
        return new ConfigNode("Audit", values, List.of());
    }

    static ConfigNode forwarder(String... namesAndTexts) {
        return element("AuditForwarder", List.of(), namesAndTexts);
    }

    static ConfigNode listener(String... namesAndTexts) {
        return element("AuditListener", List.of(), namesAndTexts);
    }

    /** An appender with these elements below it. */
    static ConfigNode auditTo(ConfigNode... elements) {
        return element("Audit", List.of(elements), "name", "audit");
    }

    static TrailConfig good(ConfigNode node) {
        ParsedConfig parsed = parse(node);
        if (!parsed.problems().isEmpty()) {
            throw new AssertionError(parsed.problems());
        }
        return parsed.config();
    }

    static List<String> problems(ConfigNode node) {
        return parse(node).problems();
    }

    /**
     * With a destination {@code pigeon} that takes {@code loft}, {@code port} and {@code ring}, and a listener {@code ear}
     * that takes {@code side}.
     */
    static ParsedConfig parse(ConfigNode node) {
        return TrailConfigParser.parse(node, Map.of("pigeon", new Pigeon()), Map.of("ear", new Ear()), null);
    }

    /** A provider of listeners that hear nothing. */
    static final class Ear implements AuditListenerProvider {
        @Override
        public String name() {
            return "ear";
        }

        @Override
        public AuditListenerFactory configure(Options options) {
            return new Side(options.required("side"));
        }
    }

    /** Of the head. */
    record Side(String side) implements AuditListenerFactory {
        @Override
        public AuditListener open(LogIdentity log) {
            throw new UnsupportedOperationException("nothing listens in a test of configuration");
        }
    }

    /** A destination that does not exist. */
    static final class Pigeon implements DestinationProvider {
        @Override
        public String name() {
            return "pigeon";
        }

        @Override
        public DestinationFactory configure(Options options) {
            String loft = options.required("loft");
            int port = options.integer("port", 7, 1, 9);
            Secret ring = options.secret("ring");
            return new Loft(loft, port, ring == null ? "" : ring.reveal());
        }
    }

    /** Where pigeons go. */
    record Loft(String loft, int port, String ring) implements DestinationFactory {
        @Override
        public dev.affidavit.spi.Destination open(dev.affidavit.spi.LogIdentity log) {
            throw new UnsupportedOperationException("nothing connects in a test of configuration");
        }
    }
}
