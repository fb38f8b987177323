package dev.affidavit.trail;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.ListenerConfig;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.config.WitnessConfig;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Encryption;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.Removal.Limit;
import dev.affidavit.store.RetentionLimits;
import dev.affidavit.store.SealOptions;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The settings of a trail as texts, under the names that the configuration has for them. */
final class Settings {
    private Settings() {}

    static Map<String, String> of(TrailConfig config) {
        LogOptions log = config.log();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", config.name());
        settings.put("marker", config.marker());
        settings.put("durability", config.durability().name().toLowerCase(Locale.ROOT));
        settings.put(
                "onFailure", config.onFailure().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        settings.put("bufferSize", Integer.toString(log.forceAfterLines()));
        settings.put("flushInterval", log.forceInterval().toMillis() + "ms");
        settings.put("forceTimeout", log.forceTimeout().toMillis() + "ms");
        settings.put("maxFileSize", log.maxSegmentBytes() + "B");
        settings.put("rotationInterval", log.rotationInterval().toMillis() + "ms");
        RetentionLimits retention = log.retention();
        settings.put(nameOf(Limit.MAX_SEGMENTS), Integer.toString(retention.maxSegments()));
        settings.put(nameOf(Limit.MAX_AGE), retention.maxAge().toMillis() + "ms");
        settings.put("minAge", retention.minAge().toMillis() + "ms");
        settings.put(
                nameOf(Limit.MAX_BYTES),
                retention.maxBytes() == RetentionLimits.NO_LIMIT ? "none" : retention.maxBytes() + "B");
        settings.put("unshipped", retention.unshipped().name().toLowerCase(Locale.ROOT));
        settings.put("diskReserve", log.disk().reserveBytes() + "B");
        settings.put("diskWarning", log.disk().warnBelowBytes() + "B");
        settings.put("externalForwarders", String.join(",", externalForwarders(config)));
        settings.put("filePermissions", PosixFilePermissions.toString(log.permissions()));
        SealOptions seal = log.seal();
        if (seal != null) {
            settings.put("AuditSeal.origin", seal.origin());
            settings.put("AuditSeal.interval", seal.interval().toMillis() + "ms");
            settings.put("AuditSeal.anchorInterval", seal.anchorInterval().toMillis() + "ms");
        }
        for (WitnessConfig witness : config.witnesses()) {
            settings.put(
                    "AuditWitness[%s]".formatted(witness.name()),
                    "%s timeout=%dms".formatted(witness.url(), witness.timeout().toMillis()));
        }
        Encryption encryption = config.encryption();
        if (encryption != null) {
            settings.put("AuditEncryption", encryption.toString());
        }
        settings.put("service", config.service());
        settings.put("contextKeys", String.join(",", config.contextKeys()));
        for (ForwarderConfig forwarder : config.forwarders()) {
            settings.put("AuditForwarder[%s]".formatted(forwarder.name()), forwarder.destination() + batch(forwarder));
        }
        for (ListenerConfig listener : config.listeners()) {
            settings.put(
                    "AuditListener[%s]".formatted(listener.name()),
                    listener.listener().toString());
        }
        return settings;
    }

    /** The option that sets a limit. */
    static String nameOf(Limit limit) {
        return switch (limit) {
            case MAX_SEGMENTS -> "maxFiles";
            case MAX_AGE -> "maxAge";
            case MAX_BYTES -> "maxBytes";
        };
    }

    private static Set<String> externalForwarders(TrailConfig config) {
        Set<String> names = new TreeSet<>(config.log().retention().pinnedBy());
        config.forwarders().forEach(forwarder -> names.remove(forwarder.name()));
        return names;
    }

    /** Nothing, where it is what the destination wishes. */
    private static String batch(ForwarderConfig forwarder) {
        BatchLimits batch = forwarder.batch();
        return batch.equals(forwarder.destination().batchLimits())
                ? ""
                : " batchEvents=%d batchSize=%dB batchDelay=%dms"
                        .formatted(batch.lines(), batch.bytes(), batch.delay().toMillis());
    }

    /** What changed from one to the other: the new text of each, empty where it is gone. */
    static Map<String, String> changes(TrailConfig from, TrailConfig to) {
        Map<String, String> before = of(from);
        Map<String, String> changes = new LinkedHashMap<>(of(to));
        before.forEach((name, text) -> {
            if (!changes.remove(name, text)) {
                changes.putIfAbsent(name, "");
            }
        });
        return changes;
    }
}
