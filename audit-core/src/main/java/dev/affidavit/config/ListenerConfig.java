package dev.affidavit.config;

import dev.affidavit.spi.AuditListenerFactory;

/**
 * A listener that was configured. Two that are equal are the same listener before and after a reconfiguration.
 *
 * @param name unique in its log
 */
public record ListenerConfig(String name, AuditListenerFactory listener) {}
