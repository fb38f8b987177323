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
 */
public final class Anchors {
    /** Nothing is known. */
    public static final Anchors NONE = new Anchors(List.of(), List.of());

    private static final String ID_BEGINS = "{\"id\":\"";

    private final List<AnchoredCheckpoint> checkpoints;
    private final List<AnchoredEvent> events;

    private Anchors(List<AnchoredCheckpoint> checkpoints, List<AnchoredEvent> events) {
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

    /**
     * An event, as it was seen.
     *
     * @param id of its line; null if that is not known
     */
    record AnchoredEvent(TreeHash leaf, @Nullable String id) {}

    /** Collects anchors. Not thread-safe. */
    public static final class Builder {
        private final List<AnchoredCheckpoint> checkpoints = new ArrayList<>();
        private final List<AnchoredEvent> events = new ArrayList<>();

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
            events.add(new AnchoredEvent(TreeHash.leaf(line), idOf(line)));
            return this;
        }

        /** The leaf hash of an event, {@code SHA-256(0x00 || line)}. */
        public Builder leaf(TreeHash leaf) {
            events.add(new AnchoredEvent(leaf, null));
            return this;
        }

        /** All that was collected so far. */
        public Anchors build() {
            return new Anchors(List.copyOf(checkpoints), List.copyOf(events));
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

    List<AnchoredEvent> events() {
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
