package dev.affidavit.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The writers of this class loader, by the real paths of their directories. A reader beside one lets it force: whoever
 * forces first is told that the device refused, and Linux need not tell the writer again. A writer that failed stays until
 * another takes its directory. Thread-safe.
 */
final class OpenWriters {
    private static final Map<Path, LogWriter> WRITERS = new ConcurrentHashMap<>();

    private OpenWriters() {}

    static void add(LogWriter writer) {
        WRITERS.put(writer.directory(), writer);
    }

    static void remove(LogWriter writer) {
        WRITERS.remove(writer.directory(), writer);
    }

    static @Nullable LogWriter of(LogDirectory directory) {
        return WRITERS.get(directory.path());
    }
}
