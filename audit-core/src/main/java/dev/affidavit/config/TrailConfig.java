package dev.affidavit.config;

import dev.affidavit.spi.Encryption;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogOptions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 * @param encryption the keys of the log; null if it is not encrypted
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
        List<WitnessConfig> witnesses,
        @Nullable Encryption encryption) {
    public TrailConfig {
        forwarders = List.copyOf(forwarders);
        listeners = List.copyOf(listeners);
        witnesses = List.copyOf(witnesses);
    }

    /** The same with other keys. */
    public TrailConfig withEncryption(@Nullable Encryption other) {
        return new TrailConfig(
                name,
                marker,
                durability,
                onFailure,
                log,
                service,
                contextKeys,
                forwarders,
                listeners,
                witnesses,
                other);
    }

    /** The same with another log. */
    public TrailConfig withLog(LogOptions other) {
        return new TrailConfig(
                name,
                marker,
                durability,
                onFailure,
                other,
                service,
                contextKeys,
                forwarders,
                listeners,
                witnesses,
                encryption);
    }
}
