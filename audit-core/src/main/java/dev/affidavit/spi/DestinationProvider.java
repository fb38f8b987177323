package dev.affidavit.spi;

import dev.affidavit.config.Options;

/** A kind of destination for events. Found by ServiceLoader under its {@link #name}. */
public interface DestinationProvider {
    /** What {@code to} says in the configuration: lower case, such as {@code syslog}. */
    String name();

    /**
     * Reads the destination's own options, and reports what is wrong with them there. Connects to nothing.
     *
     * @return how to open the destination; not used if there were problems
     */
    DestinationFactory configure(Options options);
}
