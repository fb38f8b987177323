package dev.affidavit.testkit.splunk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is indexed, in memory and in a file if one is wished. Thread-safe. */
final class HecIndex {
    private final @Nullable Path file;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<HecEvent> events = new ArrayList<>();

    private HecIndex(@Nullable Path file) {
        this.file = file;
    }

    /** Cuts off the end of a file that a kill left within a line. */
    static HecIndex in(@Nullable Path file) {
        if (file != null && Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                byte[] content = Files.readAllBytes(file);
                int end = content.length;
                while (end > 0 && content[end - 1] != '\n') {
                    end--;
                }
                channel.truncate(end);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new HecIndex(file);
    }

    void add(List<HecEvent> more) {
        lock.lock();
        try {
            events.addAll(more);
            if (file != null) {
                Files.write(file, lines(more), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private static byte[] lines(List<HecEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (HecEvent event : events) {
            lines.writeBytes(event.event());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    List<HecEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }
}
