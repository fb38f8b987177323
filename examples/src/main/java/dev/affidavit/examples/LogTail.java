package dev.affidavit.examples;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.Position;
import dev.affidavit.store.StoredLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Follows an audit log from the file, as {@code tail -f} would. Thread-safe. */
final class LogTail implements AutoCloseable {
    private static final int MAX_LINES = 1000;
    private static final int MAX_BYTES = 1 << 20;
    private static final long INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String> printer;

    @GuardedBy("lock")
    private final LogReader reader;

    @GuardedBy("lock")
    private final List<String> lines = new ArrayList<>();

    private volatile boolean closed;

    private LogTail(LogReader reader, Consumer<String> printer) {
        this.reader = reader;
        this.printer = printer;
    }

    /** Where the log ends that an earlier run left in {@code directory}; empty if there is none. */
    static Optional<Position> end(Path directory) {
        if (!LogReader.isLog(directory)) {
            return Optional.empty();
        }
        try (LogReader earlier = LogReader.fromEnd(directory)) {
            return earlier.position();
        }
    }

    /** Gives each line behind {@code start} to {@code printer}, soon after it was written. */
    static LogTail follow(Path directory, Optional<Position> start, Consumer<String> printer) {
        LogReader reader = start.map(position -> LogReader.from(directory, position))
                .orElseGet(() -> LogReader.fromOldest(directory));
        LogTail tail = new LogTail(reader, printer);
        Thread thread = new Thread(tail::follow, "log-tail");
        thread.setDaemon(true);
        thread.start();
        return tail;
    }

    private void follow() {
        while (!closed) {
            lines();
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** All lines that were written by now, unless this was closed before. */
    List<String> lines() {
        lock.lock();
        try {
            if (closed) {
                return List.copyOf(lines);
            }
            List<StoredLine> more = reader.read(MAX_LINES, MAX_BYTES);
            while (!more.isEmpty()) {
                for (StoredLine stored : more) {
                    String line = new String(stored.bytes(), StandardCharsets.UTF_8);
                    lines.add(line);
                    printer.accept(line);
                }
                more = reader.read(MAX_LINES, MAX_BYTES);
            }
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            reader.close();
        } finally {
            lock.unlock();
        }
    }
}
