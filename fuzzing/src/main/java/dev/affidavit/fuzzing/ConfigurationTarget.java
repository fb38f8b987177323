package dev.affidavit.fuzzing;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.ParsedConfig;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.config.TrailConfigParser;
import dev.affidavit.forward.syslog.SyslogProvider;
import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.Cursors;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any configuration is read without an exception: it is good and within its limits, or every problem is said by its path.
 * No secret is ever said.
 */
public final class ConfigurationTarget {
    private static final Map<String, DestinationProvider> DESTINATIONS =
            Map.of("syslog", new SyslogProvider(), "vault", new Vault());
    private static final Map<String, AuditListenerProvider> LISTENERS = Map.of("bell", new Bell());

    private ConfigurationTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        System.setProperty(AnyConfiguration.PROPERTY, AnyConfiguration.SECRET);
        ConfigNode node = new AnyConfiguration(new Choices(input)).node();

        ParsedConfig parsed = TrailConfigParser.parse(node, DESTINATIONS, LISTENERS, null);

        for (String problem : parsed.problems()) {
            require(problem.indexOf(": ", 1) > 0, problem); // an option can have the name ":"
            require(!problem.contains(AnyConfiguration.SECRET), problem);
        }
        require(!parsed.toString().contains(AnyConfiguration.SECRET), parsed);
        require(!node.toString().contains(AnyConfiguration.SECRET), node);
        require(parsed.equals(TrailConfigParser.parse(node, DESTINATIONS, LISTENERS, null)), parsed);
        if (parsed.problems().isEmpty()) {
            requireWithinLimits(parsed.config());
        }
    }

    private static void requireWithinLimits(TrailConfig config) {
        require(!config.name().isBlank() && !config.marker().isBlank(), config);
        require(config.log().forceAfterLines() >= 1 && config.log().retention().maxSegments() >= 2, config);
        require(config.log().maxSegmentBytes() >= 1024, config);
        require(config.log().forceInterval().toNanos() > 0, config);
        require(config.log().lockTimeout().toNanos() >= 0, config);
        Set<String> names = config.log().retention().pinnedBy();
        require(names.size() >= config.forwarders().size(), config);
        require(names.stream().allMatch(Cursors::isName), config);
    }

    private static void require(boolean holds, Object about) {
        if (!holds) {
            throw new AssertionError(about);
        }
    }

    /** A destination with every kind of option. */
    private static final class Vault implements DestinationProvider {
        private enum Door {
            OPEN,
            HALF_OPEN
        }

        @Override
        public String name() {
            return "vault";
        }

        @Override
        public DestinationFactory configure(Options options) {
            List<Object> read = List.of(
                    options.flag("ack", false),
                    options.choice("door", Door.OPEN),
                    options.list("tags"),
                    options.size("batch", 1, 1),
                    String.valueOf(options.file("certificate", null)),
                    String.valueOf(options.secret("token")),
                    String.valueOf(options.secret("password")));
            return new Opening(read);
        }
    }

    /** A listener with an option. */
    private static final class Bell implements AuditListenerProvider {
        @Override
        public String name() {
            return "bell";
        }

        @Override
        public AuditListenerFactory configure(Options options) {
            return new Ringing(options.required("tone"));
        }
    }

    private record Ringing(String tone) implements AuditListenerFactory {
        @Override
        public AuditListener open(LogIdentity log) {
            throw new UnsupportedOperationException("nothing rings here");
        }
    }

    private record Opening(List<Object> read) implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) {
            throw new UnsupportedOperationException("nothing is opened here");
        }
    }
}
