package dev.affidavit.forward.database;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.testkit.extension.Configured;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.util.Map;

/** What this module's provider makes of options. */
final class Destinations {
    private Destinations() {}

    static Configured<DestinationFactory> configured(Map<String, String> options) {
        return Configured.by(new DatabaseProvider()::configure, "AuditForwarder", options);
    }

    /** @throws IllegalArgumentException if the options have problems */
    static Destination open(Map<String, String> options) throws IOException {
        return configured(options).requireGood().open(SampleLines.LOG);
    }
}
