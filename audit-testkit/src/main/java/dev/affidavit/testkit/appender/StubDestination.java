package dev.affidavit.testkit.appender;

import dev.affidavit.config.Options;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.LogIdentity;

/** The destination {@code stub}, with options {@code host} and {@code port}, to which nothing goes. */
public final class StubDestination implements DestinationProvider {
    @Override
    public String name() {
        return "stub";
    }

    @Override
    public DestinationFactory configure(Options options) {
        return new Factory(options.required("host"), options.integer("port", 1, 1, 65_535));
    }

    private record Factory(String host, int port) implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) {
            throw new UnsupportedOperationException("nothing goes to a stub");
        }
    }
}
