package dev.affidavit.config;

import dev.affidavit.config.ProvidedElements.Kind;
import dev.affidavit.spi.DestinationProvider;
import java.util.List;
import java.util.Map;

/** Reads forwarders that stand in no appender's configuration, with the same options and messages. */
public final class ForwardersParser {
    private ForwardersParser() {}

    /**
     * Reads the elements.
     *
     * @param path how messages name them, such as {@code AuditForwarder} of {@code AuditForwarder[soc].port}
     * @param destinations by what {@code to} of a forwarder says
     * @param problems gets everything that is wrong with them
     * @return what could be read, in order
     */
    public static List<ForwarderConfig> parse(
            String path, List<ConfigNode> elements, Map<String, DestinationProvider> destinations, Problems problems) {
        ProvidedElements<DestinationProvider, ForwarderConfig> forwarders =
                new ProvidedElements<>(Kind.FORWARDER.as(path), destinations, ForwarderConfig::read, problems);
        elements.forEach(forwarders::read);
        return List.copyOf(forwarders.all());
    }
}
