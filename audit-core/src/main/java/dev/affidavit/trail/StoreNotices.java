package dev.affidavit.trail;

import dev.affidavit.AuditEvent;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.DiskTrouble;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LegalHold;
import dev.affidavit.store.LogClosedException;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.NotForcedException;
import dev.affidavit.store.Removal;
import dev.affidavit.store.Rescue;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.Tampering;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what the store does of itself into events and into words for the framework. */
final class StoreNotices implements LogListener {
    private final FrameworkStatus status;
    /** Set before the first line is written, and so before there is anything to tell. */
    private volatile @Nullable BiConsumer<AuditEvent, Durability> recorder;
    /** The framework hears of the first failure in a row. */
    private volatile boolean failing;

    private volatile @Nullable Tampering tamperingSaid;
    /** What the log was found not to agree with its seal in; null if it did. Set before the first line is written. */
    private volatile @Nullable Tampering before;
    /** Who is told of it, once it is recorded. */
    private volatile Consumer<String> onTamperingBefore = problem -> {};
    /** Who takes checkpoints off the host. */
    private volatile Consumer<String> anchors = checkpoint -> {};

    StoreNotices(FrameworkStatus status) {
        this.status = status;
    }

    /** @param record throws a {@link StoreException} for an event that is not recorded */
    void recordWith(BiConsumer<AuditEvent, Durability> record) {
        recorder = record;
    }

    /** @param more gets each checkpoint that is recorded; returns at once */
    void giveAnchorsTo(Consumer<String> more) {
        anchors = more;
    }

    /**
     * The log did not agree with its seal when it was opened, which the store is about to tell.
     *
     * @param then is told once that is recorded, or the device did not take the record
     */
    void tamperedBefore(Tampering found, Consumer<String> then) {
        before = found;
        onTamperingBefore = then;
    }

    @Override
    public void removing(List<Removal> removals) {
        record(OwnEvents.pruned(removals));
        TreeSet<String> undeliveredTo = new TreeSet<>();
        removals.forEach(removal -> undeliveredTo.addAll(removal.undeliveredTo()));
        if (!undeliveredTo.isEmpty()) {
            status.warn("audit log: retention removes %d files; %s did not deliver all of them"
                    .formatted(removals.size(), String.join(", ", undeliveredTo)));
        }
    }

    @Override
    public void removalFailed(String segment, Exception cause) {
        status.error("audit log: retention cannot remove %s: %s".formatted(segment, cause), cause);
    }

    @Override
    public void holdPlaced(LegalHold hold) {
        record(OwnEvents.holdPlaced(hold));
    }

    @Override
    public void holdReleased(String name) {
        record(OwnEvents.holdReleased(name));
    }

    @Override
    public void diskFull(DiskTrouble trouble) {
        record(OwnEvents.diskFull(trouble), Durability.SYNCED);
        status.error(words("the disk is full", trouble), null);
    }

    @Override
    public void diskLow(DiskTrouble trouble) {
        record(OwnEvents.diskLow(trouble));
        status.warn(words("the disk runs full", trouble));
    }

    private static String words(String what, DiskTrouble trouble) {
        return "audit log: %s: %s; %d bytes are usable".formatted(what, trouble.problem(), trouble.usableBytes());
    }

    @Override
    public void warned(String problem) {
        status.warn("audit log: " + problem);
    }

    @Override
    public void tampered(Tampering tampering) {
        boolean isBefore = tampering.equals(before);
        if (!tampering.equals(tamperingSaid)) { // it is told again if it cannot be recorded
            tamperingSaid = tampering;
            String what = isBefore ? "it does not agree with its seal: " : "another program meddles with it: ";
            status.error("audit log: " + what + tampering.problem(), null);
        }
        if (isBefore) {
            record(OwnEvents.tamperedBefore(tampering), Durability.SYNCED);
            onTamperingBefore.accept(tampering.problem());
        } else {
            record(OwnEvents.tampered(tampering));
        }
    }

    /** A log that is being closed takes no checkpoint more: the next writer's first one covers these lines too. */
    @Override
    public void anchor(String checkpoint) {
        record(OwnEvents.checkpoint(checkpoint));
        anchors.accept(checkpoint);
    }

    @Override
    public void rescued(Rescue rescue) {
        String lines = rescue.copy() == null
                ? "No event depended on it"
                : "%d events since the last good one are safe in %s".formatted(rescue.lines(), rescue.copy());
        status.error(
                "audit log: the device refused a force of %s: %s. %s; look at the device."
                        .formatted(rescue.segment(), rescue.cause(), lines),
                rescue.cause());
        AuditEvent event = OwnEvents.forceFailed(rescue);
        try {
            Objects.requireNonNull(recorder).accept(event, Durability.WRITTEN);
        } catch (StoreException e) {
            status.error("audit log: %s not recorded: %s".formatted(event.type(), e.getMessage()), e);
        }
    }

    @Override
    public void forceFailed(Throwable cause) {
        status.error("audit log: the device refused a force; the log takes no more events: " + cause, cause);
    }

    /** The store itself waits for the device where it must. */
    private void record(AuditEvent event) {
        record(event, Durability.WRITTEN);
    }

    /** @throws StoreException if the event is not recorded: the store must know */
    private void record(AuditEvent event, Durability durability) {
        try {
            Objects.requireNonNull(recorder).accept(event, durability);
            failing = false;
        } catch (NotForcedException e) {
            // It is said, and must not be said again.
        } catch (StoreException e) {
            if (!failing && !(e instanceof LogClosedException)) {
                failing = true;
                status.error("audit log: %s not recorded: %s".formatted(event.type(), e.getMessage()), e);
            }
            throw e;
        }
    }
}
