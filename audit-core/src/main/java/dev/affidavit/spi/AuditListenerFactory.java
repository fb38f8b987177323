package dev.affidavit.spi;

/**
 * A configured listener, not yet at work. Immutable; its {@code toString} holds no secret. Two are equal if they stand for
 * the same configuration: after a reconfiguration a listener goes on undisturbed if its factory equals the one before.
 */
public interface AuditListenerFactory {
    /** Makes the listener. Called on the listener's own thread, again after a failure. */
    AuditListener open(LogIdentity log) throws Exception;
}
