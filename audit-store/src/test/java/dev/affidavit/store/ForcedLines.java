package dev.affidavit.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A disk that forces nothing, and knows for which lines it was asked to and answered: those that stood in the file when the force began.
 * Writers get the processor meanwhile. Thread-safe.
 */
final class ForcedLines extends PassingDisk {
    private final Set<String> forced = ConcurrentHashMap.newKeySet();

    ForcedLines() {
        super(new UnforcedDisk());
    }

    boolean contains(String text) {
        return forced.contains(text);
    }

    @Override
    public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
        return new ForcedFile(super.create(file, mode));
    }

    @Override
    public SegmentFile open(Path file) throws IOException {
        return new ForcedFile(super.open(file));
    }

    private final class ForcedFile extends PassingFile {
        /** Guarded by this. */
        private List<String> unforced = new ArrayList<>();

        ForcedFile(SegmentFile file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            super.write(bytes, length);
            synchronized (this) {
                unforced.add(new String(bytes, 0, length - 1, StandardCharsets.US_ASCII));
            }
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // to let others in, and nothing depends on whether it does
        public void force() {
            List<String> before = takeUnforced();
            Thread.yield();
            forced.addAll(before);
        }

        private synchronized List<String> takeUnforced() {
            List<String> taken = unforced;
            unforced = new ArrayList<>();
            return taken;
        }
    }
}
