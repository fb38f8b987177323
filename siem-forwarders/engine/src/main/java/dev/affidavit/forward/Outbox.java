package dev.affidavit.forward;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.NotForcedException;
import dev.affidavit.store.Position;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log as a forwarder sees it: the lines behind its cursor, as they stand there, all of them on the device. With one line
 * more than its limits allow, which may be 16 MiB, this is all the memory that an outage takes. Used by one thread, but for {@link
 * #oldest}.
 */
final class Outbox implements Source {
    private final Path directory;
    private final HeldCursor cursor;
    private final Opener opener;
    private final BatchLimits limits;
    private final LongSupplier nanos;
    private final Consumer<LogReader> force;
    private final BatchSize size;

    private @Nullable LogReader reader;
    /** Read and not settled; once they were {@linkplain #next given out} nothing is added to them. */
    private List<StoredLine> pending = new ArrayList<>();

    private int pendingBytes;
    /** Where the last line was that is settled. */
    private @Nullable Position passed;

    private long pendingSince;
    private @Nullable Batch given;
    private boolean hurried;

    private boolean oldestKnown;
    private volatile @Nullable Instant oldest;

    Outbox(Job job, HeldCursor cursor, Opener opener, Surroundings surroundings) {
        this.directory = job.directory();
        this.cursor = cursor;
        this.opener = opener;
        this.limits = job.config().batch();
        this.nanos = surroundings.nanos();
        this.force = surroundings.force();
        this.size = new BatchSize(nanos);
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreException if the log or the cursor cannot be read; the next call begins at the cursor again
     * @throws NotForcedException if the device refused; the next call looks whether the lines are safe elsewhere by then
     */
    @Override
    public Optional<Batch> next() {
        if (given == null) {
            try {
                LogReader open = reader == null ? open() : reader;
                given = read(open) ? give(open) : null;
            } catch (NotForcedException e) {
                throw e; // the reader remembers what was refused, so it stays open
            } catch (Throwable e) { // an Error too: the reader may be behind lines that it did not return
                close();
                throw e;
            }
        }
        return Optional.ofNullable(given);
    }

    private LogReader open() {
        LogReader opened = cursor.open();
        reader = opened;
        passed = opened.position().orElse(null);
        return opened;
    }

    /** Whether a batch is complete. */
    private boolean read(LogReader from) {
        List<StoredLine> read = from.read(limits.lines() - pending.size(), limits.bytes() - pendingBytes);
        if (pending.isEmpty()) {
            pendingSince = nanos.getAsLong();
            oldestKnown = false;
        }
        for (StoredLine line : read) {
            pending.add(line);
            pendingBytes += line.bytes().length;
        }
        findOldest();
        return pending.size() == limits.lines()
                || pendingBytes >= limits.bytes()
                || (!pending.isEmpty()
                        && (hurried
                                || nanos.getAsLong() - pendingSince
                                        >= limits.delay().toNanos()));
    }

    private Batch give(LogReader from) {
        force.accept(from);
        return new Batch(pending.stream().map(line -> new Parcel(line, 0)).toList());
    }

    @Override
    public void passed(int count) {
        Position place = behind(pending.subList(0, count));
        cursor.move(place);
        passed = place;
        List<Parcel> rest = given == null ? List.of() : given.after(count);
        pending = new ArrayList<>(pending.subList(count, pending.size()));
        given = rest.isEmpty() ? null : new Batch(rest);
        // Not looked for here: a key in a service may take its time, and the cursor does not wait.
        oldestKnown = false;
        pendingBytes = pending.isEmpty() ? 0 : pendingBytes;
    }

    /** The place behind the last of these lines; none is made of the others, since each takes a hash. */
    private Position behind(List<StoredLine> lines) {
        String segment = passed == null ? "" : passed.segment();
        long number = passed == null ? 0 : passed.line();
        for (StoredLine line : lines) {
            number = 1 + linesBefore(line, segment, number);
            segment = line.segment();
        }
        return lines.get(lines.size() - 1).place(number);
    }

    private long linesBefore(StoredLine line, String segmentBefore, long numberBefore) {
        if (line.offset() == 0) {
            return 0;
        }
        if (line.segment().equals(segmentBefore)) {
            return numberBefore;
        }
        // The copy of what a device refused, where the first of its lines were read before it was made.
        try (LogReader counting = LogReader.from(directory, line.segment(), line.offset())) {
            return counting.position().map(Position::line).orElseThrow();
        }
    }

    @Override
    public boolean waitsForKeys() {
        return true;
    }

    @Override
    public BatchSize size() {
        return size;
    }

    /** Lets no batch wait to be full any more. */
    void hurry() {
        hurried = true;
    }

    /** Looks what {@link #oldest} is, if that may have changed. */
    void findOldest() {
        if (!oldestKnown) {
            oldest = pending.isEmpty() ? null : opener.time(pending.get(0));
            oldestKnown = true;
        }
    }

    /**
     * The timestamp of the oldest line that was read and is not settled; null if there is none, or it has none that
     * can be read. It is the oldest, too, while the log cannot be read.
     */
    @Nullable
    Instant oldest() {
        return oldest;
    }

    @Override
    public void close() {
        LogReader open = reader;
        reader = null;
        pending.clear();
        pendingBytes = 0;
        given = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (StoreException e) {
            // Only read from: nothing is lost with it.
        }
    }
}
