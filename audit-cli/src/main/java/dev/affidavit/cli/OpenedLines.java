package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LogDecrypter;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.EncryptedLines;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import dev.affidavit.verify.LineOpener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the encrypted lines of a log, and notes those for which a key is missing or wrong: nothing can be said of what is in
 * them. A line that is damaged or was moved is not opened, and that is for its seal to tell. Thread-safe.
 */
final class OpenedLines implements LineOpener, AutoCloseable {
    /** So many are tried again. */
    private static final int MAX_KEPT = 100;

    private final Supplier<Decrypter> decrypters;
    private final Queue<Decrypter> idle = new ConcurrentLinkedQueue<>();
    /** Guarded by this, as the number. */
    private final Map<String, Closed> kept = new TreeMap<>();

    private long closed;

    /** A line that was not opened, and why. */
    private record Closed(StoredLine line, String problem) {}

    private OpenedLines(Supplier<Decrypter> decrypters) {
        this.decrypters = decrypters;
    }

    /**
     * Of the log in this directory.
     *
     * @param keys null if none is given
     */
    static OpenedLines of(Path directory, @Nullable KeyRing keys) {
        return new OpenedLines(() -> decrypter(directory, keys));
    }

    /** For one thread. */
    static Decrypter decrypter(Path directory, @Nullable KeyRing keys) {
        return keys == null
                ? Decrypter.WITHOUT_KEYS
                : LogDecrypter.of(directory, LogExtent.of(directory).logId(), keys);
    }

    @Override
    public byte @Nullable [] open(String segment, long offset, byte[] line) {
        if (!EncryptedLines.isEncrypted(line)) {
            return null;
        }
        StoredLine stored = new StoredLine(segment, offset, line);
        Decrypter used = idle.poll();
        try {
            used = used == null ? decrypters.get() : used;
            return used.decrypt(stored);
        } catch (UndecryptableLineException e) {
            if (e.isOfKeys()) {
                note(stored, String.valueOf(e.getMessage()));
            }
            return null;
        } catch (StoreException e) { // the log does not say what it is
            note(stored, String.valueOf(e.getMessage()));
            return null;
        } finally {
            if (used != null) {
                idle.add(used);
            }
        }
    }

    private synchronized void note(StoredLine line, String problem) {
        closed++;
        if (kept.size() < MAX_KEPT) {
            kept.put("%s %019d".formatted(line.segment(), line.offset()), new Closed(line, problem));
        }
    }

    /**
     * What kept lines from being opened, as the end of a sentence; null if nothing did. To be asked when all are read: a key that opened
     * others is right, and then it is the line that is damaged.
     */
    synchronized @Nullable String problem() {
        if (closed == kept.size()) {
            kept.values().removeIf(one -> idle.stream().anyMatch(decrypter -> isDamaged(decrypter, one.line())));
            closed = kept.size();
        }
        return kept.isEmpty()
                ? null
                : "%d of its lines %s encrypted and cannot be read, the first: %s"
                        .formatted(
                                closed,
                                closed == 1 ? "is" : "are",
                                kept.values().iterator().next().problem());
    }

    private static boolean isDamaged(Decrypter decrypter, StoredLine line) {
        try {
            decrypter.decrypt(line);
            return false;
        } catch (UndecryptableLineException e) {
            return !e.isOfKeys();
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        idle.forEach(Decrypter::close);
    }
}
