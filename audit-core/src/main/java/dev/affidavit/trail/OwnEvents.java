package dev.affidavit.trail;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Statement;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessState;
import dev.affidavit.store.DiskTrouble;
import dev.affidavit.store.LegalHold;
import dev.affidavit.store.Recovery;
import dev.affidavit.store.Removal;
import dev.affidavit.store.Rescue;
import dev.affidavit.store.SealPins;
import dev.affidavit.store.Tampering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log says of itself, for people. */
final class OwnEvents {
    /** Of the JSON Schema of a line. */
    private static final int SCHEMA_VERSION = 1;
    /** Of the files. */
    private static final int FORMAT_VERSION = 1;

    private OwnEvents() {}

    /** @param pins of a sealed log: whoever keeps the event off the host keeps its key there; null if it is not sealed */
    static AuditEvent started(String logId, String host, @Nullable SealPins pins) {
        AuditEvent.Builder event = AuditEvent.builder(EventType.AUDIT_LOG_STARTED)
                .description("Audit log started")
                .detail("product", "affidavit")
                .detail("version", ProductVersion.CURRENT)
                .detail("schema_version", SCHEMA_VERSION)
                .detail("format_version", FORMAT_VERSION)
                .detail("log_id", logId)
                .detail("host", host)
                .detail("pid", ProcessHandle.current().pid())
                .detail("java", System.getProperty("java.version"));
        if (pins != null) {
            event.detail("origin", pins.logKey().name()).detail("log_key", pins.logKey());
        }
        if (pins != null && pins.firstEpoch() != null) {
            event.detail("first_epoch_key", pins.firstEpoch());
        }
        return event.build();
    }

    static AuditEvent stopped(long recorded, long failed, long lost) {
        return AuditEvent.builder(EventType.AUDIT_LOG_STOPPED)
                .description("Audit log stopped")
                .detail("recorded", recorded)
                .detail("failed", failed)
                .detail("lost", lost)
                .build();
    }

    static AuditEvent recovered(Recovery recovery) {
        return AuditEvent.builder(EventType.AUDIT_LOG_RECOVERED)
                .description("An unfinished last line was cut off and kept aside")
                .detail("segment", recovery.segment())
                .detail("offset", recovery.offset())
                .detail("bytes", recovery.bytes())
                .detail("kept_at", recovery.keptAt().getFileName())
                .build();
    }

    static AuditEvent lost(Losses.Unreported losses) {
        return AuditEvent.builder(EventType.AUDIT_EVENTS_LOST)
                .description("Audit events were not recorded")
                .detail("count", losses.count())
                .detail("first", losses.first())
                .detail("last", losses.last())
                .detail("reason", losses.reason())
                .build();
    }

    static AuditEvent forceFailed(Rescue rescue) {
        AuditEvent.Builder event = AuditEvent.builder(EventType.AUDIT_FORCE_FAILED)
                .description(
                        "The device refused a force; what was written since the last good one was copied to a new file")
                .detail("segment", rescue.segment())
                .detail("good_offset", rescue.offset())
                .detail("lines", rescue.lines());
        if (rescue.copy() != null) {
            event.detail("copied_to", rescue.copy());
        }
        return event.detail("cut_off", rescue.cut())
                .detail("cause", rescue.cause().toString())
                .build();
    }

    static AuditEvent tampered(Tampering tampering) {
        return AuditEvent.builder(EventType.AUDIT_LOG_TAMPER)
                .description("Another program changed a file of the log, or took it away")
                .detail("file", tampering.file())
                .detail("problem", tampering.problem())
                .build();
    }

    /** A change that was made while nobody wrote, or behind the back of who did. */
    static AuditEvent tamperedBefore(Tampering tampering) {
        return AuditEvent.builder(EventType.AUDIT_LOG_TAMPER)
                .description("The log was found not to agree with its seal")
                .detail("file", tampering.file())
                .detail("problem", tampering.problem())
                .build();
    }

    /** @param note a signed note with a checkpoint in it */
    static AuditEvent checkpoint(String note) {
        Checkpoint checkpoint = checkpointIn(note);
        return AuditEvent.builder(EventType.AUDIT_CHECKPOINT)
                .description("The log was sealed up to here: keep this off the host")
                .detail("origin", checkpoint.origin())
                .detail("size", checkpoint.size())
                .detail("root", checkpoint.root())
                .detail("checkpoint", note)
                .build();
    }

    private static Checkpoint checkpointIn(String note) {
        try {
            if (Statement.parse(SignedNote.parse(note).text()) instanceof Checkpoint checkpoint) {
                return checkpoint;
            }
        } catch (MalformedSealException e) {
            throw new IllegalArgumentException("expected a checkpoint, found '%s'".formatted(note), e);
        }
        throw new IllegalArgumentException("expected a checkpoint, found '%s'".formatted(note));
    }

    static AuditEvent pruned(List<Removal> removals) {
        return AuditEvent.builder(EventType.AUDIT_LOG_PRUNED)
                .description("Retention removes the oldest files")
                .detail("segments", removals.stream().map(OwnEvents::removed).toList())
                .build();
    }

    private static Map<String, Object> removed(Removal removal) {
        Map<String, Object> removed = new LinkedHashMap<>();
        removed.put("name", removal.segment());
        removed.put("bytes", removal.bytes());
        removed.put("reason", Settings.nameOf(removal.exceeded()));
        if (!removal.undeliveredTo().isEmpty()) {
            removed.put("undelivered_to", removal.undeliveredTo());
        }
        return removed;
    }

    static AuditEvent holdPlaced(LegalHold hold) {
        return AuditEvent.builder(EventType.AUDIT_LEGAL_HOLD)
                .description("A legal hold was placed: nothing of the log is removed")
                .detail("hold", hold.name())
                .detail("action", "placed")
                .detail("reason", hold.reason())
                .build();
    }

    static AuditEvent holdReleased(String name) {
        return AuditEvent.builder(EventType.AUDIT_LEGAL_HOLD)
                .description("A legal hold was released")
                .detail("hold", name)
                .detail("action", "released")
                .build();
    }

    static AuditEvent forwarderState(ForwarderChange change) {
        return AuditEvent.builder(EventType.AUDIT_FORWARDER_STATE)
                .description("A forwarder fares otherwise than before")
                .success(change.to() == ForwarderState.DELIVERING)
                .detail("forwarder", change.forwarder())
                .detail("destination", change.destination())
                .detail("from", change.from())
                .detail("to", change.to())
                .detail("reason", change.reason())
                .build();
    }

    /** That a witness saw another log is what nobody but it can tell. */
    static AuditEvent witnessState(WitnessChange change) {
        boolean disagrees = change.to() == WitnessState.DISAGREES;
        return AuditEvent.builder(disagrees ? EventType.AUDIT_LOG_TAMPER : EventType.AUDIT_WITNESS_STATE)
                .description(
                        disagrees
                                ? "A witness has cosigned another log than this one"
                                : "The cosigning of the log by a witness fares otherwise than before")
                .success(change.to() == WitnessState.COSIGNING)
                .detail("witness", change.witness())
                .detail("url", change.url())
                .detail("from", change.from())
                .detail("to", change.to())
                .detail(disagrees ? "problem" : "reason", change.reason())
                .build();
    }

    static AuditEvent diskFull(DiskTrouble trouble) {
        return disk(EventType.AUDIT_DISK_FULL, "The disk of the audit log is full: events are not recorded", trouble);
    }

    static AuditEvent diskLow(DiskTrouble trouble) {
        return disk(EventType.AUDIT_DISK_LOW, "The disk of the audit log runs full", trouble);
    }

    private static AuditEvent disk(EventType type, String description, DiskTrouble trouble) {
        return AuditEvent.builder(type)
                .description(description)
                .detail("problem", trouble.problem())
                .detail("usable_bytes", trouble.usableBytes())
                .build();
    }

    static AuditEvent configChanged(Map<String, String> changes) {
        return AuditEvent.builder(EventType.AUDIT_CONFIG_CHANGED)
                .description("The configuration of the audit log was changed")
                .detail("changes", changes)
                .build();
    }
}
