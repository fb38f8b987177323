package dev.affidavit.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The steps of a disk and of its callers, in their order. Thread-safe. */
final class Recording {
    private final InstantSource clock;
    /** Guarded by this. */
    private final List<Moment> moments = new ArrayList<>();

    private int files;
    private int forces;

    Recording(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(Step step) {
        moments.add(new Moment(step, clock.instant()));
    }

    /** Adds the making of a file. Returns its number. */
    synchronized int create(String name) {
        add(new Step.Created(name, files));
        return files++;
    }

    /** Adds the begin of a force. Returns its number. */
    synchronized int beginForce(int file) {
        add(new Step.ForceBegun(forces, file));
        return forces++;
    }

    /** Adds a file that is on the device with its name. */
    @CanIgnoreReturnValue
    synchronized int place(String name, byte[] content) {
        int file = create(name);
        write(file, content);
        add(new Step.DirectoryForced(Names.parent(name)));
        return file;
    }

    /** Adds the steps in which a small file is replaced. Returns its number. */
    synchronized int replace(String name, byte[] content) {
        int file = create(name + ".tmp");
        write(file, content);
        add(new Step.Renamed(name + ".tmp", name));
        add(new Step.DirectoryForced(Names.parent(name)));
        return file;
    }

    private void write(int file, byte[] content) {
        add(new Step.Written(file, 0, content));
        add(new Step.ForceEnded(beginForce(file), true));
    }

    /** All that came before the {@code count}th, to go on behind it. */
    synchronized Recording before(int count, InstantSource goingOnWith) {
        Recording copy = new Recording(goingOnWith);
        copy.moments.addAll(moments.subList(0, count));
        copy.files = files;
        copy.forces = forces;
        return copy;
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    /** @param at by the log's clock */
    record Moment(Step step, Instant at) {}
}
