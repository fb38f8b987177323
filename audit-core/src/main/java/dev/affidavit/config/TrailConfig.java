package dev.affidavit.config;

import dev.affidavit.store.Durability;
import dev.affidavit.store.LogOptions;
import java.util.List;
import java.util.Set;

/**
 * The configuration of one audit appender.
 *
 * @param name of the appender
 * @param marker events with this marker, or one below it, are audit events
 * @param durability of events that are not CRITICAL
 * @param service written to each event; empty for none
 * @param contextKeys keys of the diagnostic context that go to {@code details}, beside those that are fields;
 *     {@code *} for all
 * @param witnesses who cosigns the seals of the log; none if it is not sealed
 */
public record TrailConfig(
        String name,
        String marker,
        Durability durability,
        OnFailure onFailure,
        LogOptions log,
        String service,
        Set<String> contextKeys,
        List<ForwarderConfig> forwarders,
        List<ListenerConfig> listeners,
        List<WitnessConfig> witnesses) {
    public TrailConfig {
        forwarders = List.copyOf(forwarders);
        listeners = List.copyOf(listeners);
        witnesses = List.copyOf(witnesses);
    }

    /** The same with another log. */
    public TrailConfig withLog(LogOptions other) {
        return new TrailConfig(
                name, marker, durability, onFailure, other, service, contextKeys, forwarders, listeners, witnesses);
    }
}
