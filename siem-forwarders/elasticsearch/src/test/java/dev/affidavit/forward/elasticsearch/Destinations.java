package dev.affidavit.forward.elasticsearch;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.testkit.extension.Configured;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What this module's provider makes of options. */
final class Destinations {
    private Destinations() {}

    static List<String> problems(Map<String, String> options) {
        return configured(options).problems();
    }

    /** @throws IllegalArgumentException if the options have problems */
    static DestinationFactory factory(Map<String, String> options) {
        return configured(options).requireGood();
    }

    /** A destination of these options, which must be good; {@code url}, if there is none, leads to the real server. */
    static Destination open(Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(options);
        all.computeIfAbsent("url", name -> TestServer.shared().url());
        return factory(all).open(SampleLines.LOG);
    }

    private static Configured<DestinationFactory> configured(Map<String, String> options) {
        return Configured.by(new ElasticsearchProvider()::configure, "AuditForwarder", options);
    }
}
