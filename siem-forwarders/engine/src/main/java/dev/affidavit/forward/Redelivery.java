package dev.affidavit.forward;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a forwarder that somebody wants to be sent again. A file of them is removed when all of it is
 * settled; until then it comes again whole after a crash. What cannot be read is reported and left where it is, and never
 * keeps the forwarder from delivering the log. Used by one thread.
 */
final class Redelivery implements Source {
    /** How often it is looked for files: a person waits for it, and looking is a system call. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private final Path directory;
    private final String forwarder;
    private final BatchLimits limits;
    private final FrameworkStatus status;
    private final LongSupplier nanos;
    private final BatchSize size;

    /** Could not be read, and are not tried again in this run. */
    private final Set<String> unreadable = new HashSet<>();

    private @Nullable String file;
    private @Nullable DeadLetterReader reader;
    private int damaged;
    private List<Parcel> pending = List.of();
    private long lookedAt;
    private boolean looked;

    Redelivery(Job job, LongSupplier nanos) {
        this.directory = job.directory();
        this.forwarder = job.forwarder();
        this.limits = job.config().batch();
        this.status = job.status();
        this.nanos = nanos;
        this.size = new BatchSize(nanos);
    }

    @Override
    public Optional<Batch> next() {
        try {
            while (pending.isEmpty() && (reader != null || open())) {
                pending = read();
                if (pending.isEmpty()) {
                    finish();
                }
            }
        } catch (IOException | StoreException e) {
            if (file != null) {
                unreadable.add(file);
            }
            status.warn("forwarder '%s': dead letters cannot be sent again: %s. They are tried again after a restart."
                    .formatted(forwarder, e.getMessage()));
            close();
        }
        return pending.isEmpty() ? Optional.empty() : Optional.of(new Batch(pending));
    }

    private boolean open() {
        if (looked && nanos.getAsLong() - lookedAt < LOOK.toNanos()) {
            return false;
        }
        looked = true;
        lookedAt = nanos.getAsLong();
        DeadLetters letters = DeadLetters.of(directory);
        file = letters.waiting(forwarder).stream()
                .filter(waiting -> !unreadable.contains(waiting))
                .findFirst()
                .orElse(null);
        reader = file == null ? null : letters.open(file);
        damaged = 0;
        return reader != null;
    }

    private List<Parcel> read() throws IOException {
        List<Parcel> read = new ArrayList<>();
        int bytes = 0;
        while (reader != null && read.size() < limits.lines() && bytes < limits.bytes()) {
            try {
                DeadLetter letter = reader.next().orElse(null);
                if (letter == null) {
                    break;
                }
                bytes += letter.line().length;
                read.add(new Parcel(
                        new StoredLine(letter.segment(), letter.offset(), letter.line()), letter.refusals()));
            } catch (DeadLetterReader.UnreadableLetterException e) {
                damaged++;
            }
        }
        return read;
    }

    private void finish() {
        String finished = file;
        if (finished != null) {
            DeadLetters letters = DeadLetters.of(directory);
            if (damaged == 0) {
                letters.remove(finished);
            } else {
                status.warn("forwarder '%s': %d line(s) of %s are no dead letters and were not sent; the others were."
                        .formatted(forwarder, damaged, letters.setAside(finished)));
            }
        }
        close();
        looked = false; // there may be one more file
    }

    @Override
    public void passed(int count) {
        pending = List.copyOf(pending.subList(count, pending.size()));
        if (pending.isEmpty()) {
            next(); // so that a file is removed as soon as the last of it is settled
        }
    }

    /** They must not keep the log from being delivered. */
    @Override
    public boolean waitsForKeys() {
        return false;
    }

    @Override
    public BatchSize size() {
        return size;
    }

    @Override
    public void close() {
        DeadLetterReader open = reader;
        reader = null;
        file = null;
        pending = List.of();
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // Only read from.
        }
    }
}
