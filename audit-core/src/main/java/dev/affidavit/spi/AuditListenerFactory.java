package dev.affidavit.spi;

/**
 * A configured listener, not yet at work. Immutable; its {@code toString} holds no secret. Two are equal if they stand for
 * the same configuration: after a reconfiguration a listener goes on undisturbed if its factory equals the one before. Otherwise the
 * next one of its name goes on behind the event that this one was told of last. A record is what one wants.
 */
public interface AuditListenerFactory {
    /**
     * Makes the listener. Called on the listener's own thread, and again after a failure, with a growing wait between; no event
     * is missed meanwhile.
     *
     * @param log as it is configured now
     */
    AuditListener open(LogIdentity log) throws Exception;
}
