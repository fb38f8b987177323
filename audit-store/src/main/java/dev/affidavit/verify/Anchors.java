package dev.affidavit.verify;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.TreeHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a log from outside, of its checkpoints and of its events: what a SIEM, a witness or an auditor kept. Immutable.
 * In memory some 70 bytes for each event, however long it is.
 */
public final class Anchors {
    /** Nothing is known. */
    public static final Anchors NONE = new Anchors(List.of(), new AnchoredEvents());

    private static final String ID_BEGINS = "{\"id\":\"";

    private final List<AnchoredCheckpoint> checkpoints;
    /** Nothing is added to them any more. */
    private final AnchoredEvents events;

    private Anchors(List<AnchoredCheckpoint> checkpoints, AnchoredEvents events) {
        this.checkpoints = checkpoints;
        this.events = events;
    }

    /** A checkpoint, as it was seen. */
    record AnchoredCheckpoint(SignedNote note, Checkpoint checkpoint) {
        static AnchoredCheckpoint of(SignedNote note) throws MalformedSealException {
            if (Statement.parse(note.text()) instanceof Checkpoint checkpoint) {
                return new AnchoredCheckpoint(note, checkpoint);
            }
            throw new MalformedSealException("expected a checkpoint, found another statement of a seal");
        }
    }

    /** Collects anchors. Not thread-safe. */
    public static final class Builder {
        private final List<AnchoredCheckpoint> checkpoints = new ArrayList<>();
        private AnchoredEvents events = new AnchoredEvents();
        private boolean isBuilt;

        private Builder() {}

        /**
         * A checkpoint: a signed note of C2SP, to the letter. Whose it is, is looked at when a log is verified.
         *
         * @throws MalformedSealException if it is none
         */
        public Builder checkpoint(String note) throws MalformedSealException {
            checkpoints.add(AnchoredCheckpoint.of(SignedNote.parse(note)));
            return this;
        }

        /** The line of an event without its {@code \n}, to the byte. Its {@code id} tells later where it would have to be. */
        public Builder event(byte[] line) {
            return add(TreeHash.leaf(line), idOf(line), false);
        }

        /**
         * The line of an event without its {@code \n}, to the byte, from a place that was given all events of the log, such as the
         * table of a forwarder. Lines of the log between events from there must be among them.
         *
         * @param id under which it is kept there; null if it has none
         */
        public Builder stored(byte[] line, @Nullable String id) {
            return add(TreeHash.leaf(line), id == null ? idOf(line) : id, true);
        }

        /** The leaf hash of an event, {@code SHA-256(0x00 || line)}. */
        public Builder leaf(TreeHash leaf) {
            return add(leaf, null, false);
        }

        private Builder add(TreeHash leaf, @Nullable String id, boolean stored) {
            if (isBuilt) {
                events = events.copy();
                isBuilt = false;
            }
            events.add(leaf, id, stored);
            return this;
        }

        /** All that was collected so far. */
        public Anchors build() {
            isBuilt = true;
            return new Anchors(List.copyOf(checkpoints), events);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** These, and checkpoints more. */
    Anchors and(List<AnchoredCheckpoint> more) {
        List<AnchoredCheckpoint> all = new ArrayList<>(checkpoints);
        all.addAll(more);
        return new Anchors(List.copyOf(all), events);
    }

    List<AnchoredCheckpoint> checkpoints() {
        return checkpoints;
    }

    AnchoredEvents events() {
        return events;
    }

    /** The id of an event from the beginning of its line; null if that begins in another way. */
    static @Nullable String idOf(byte[] line) {
        if (line.length < ID_BEGINS.length()) {
            return null;
        }
        for (int i = 0; i < ID_BEGINS.length(); i++) {
            if (line[i] != ID_BEGINS.charAt(i)) {
                return null;
            }
        }
        StringBuilder id = new StringBuilder();
        for (int i = ID_BEGINS.length(); i < line.length && line[i] != '"'; i++) {
            if (line[i] < ' ') {
                return null;
            }
            id.append((char) line[i]);
        }
        return id.toString();
    }

    /** How many there are. */
    @Override
    public String toString() {
        return checkpoints.size() + " checkpoints and " + events.size() + " events";
    }
}
