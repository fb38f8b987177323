package dev.affidavit.spi;

import dev.affidavit.config.Options;

/** The destination {@code pigeon}, which nothing is ever sent to: {@link FakeEngine} starts no threads. */
public final class FakeDestination implements DestinationProvider {
    @Override
    public String name() {
        return "pigeon";
    }

    @Override
    public DestinationFactory configure(Options options) {
        return new Loft(options.required("loft"));
    }

    /** Where pigeons go. */
    public record Loft(String loft) implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) {
            throw new UnsupportedOperationException();
        }
    }
}
