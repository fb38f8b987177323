package dev.affidavit.spi;

import dev.affidavit.config.Options;

/** A kind of {@link AuditListener}. Found by ServiceLoader under its {@link #name}. */
public interface AuditListenerProvider {
    /** What {@code provider} says in {@code <AuditListener provider="…"/>}: lower case, such as {@code alerts}. */
    String name();

    /**
     * Reads the listener's own options, and reports what is wrong with them there. Starts nothing.
     *
     * @return how to make the listener; not used if there were problems
     */
    AuditListenerFactory configure(Options options);
}
