package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open trails of this class loader, one for each directory, counted by the sinks that use it: when a framework is
 * reconfigured, the new sink takes the log over before the old one lets go of it. Thread-safe.
 */
final class TrailRegistry {
    /** Held while a trail is opened, so that two sinks cannot open one directory at the same time. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    @GuardedBy("LOCK")
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private TrailRegistry() {}

    /** @throws dev.affidavit.store.StoreException if the log cannot be opened */
    static Trail acquire(TrailConfig config, FrameworkStatus status) {
        LOCK.lock();
        try {
            Path directory = realPath(config.log().directory());
            Shared shared = OPEN.get(directory);
            if (shared != null && shared.trail.hasFailed()) {
                OPEN.remove(directory);
                shared.trail.close(); // its other sinks refuse from now on; the one that is being opened begins anew
                shared = null;
            }
            if (shared != null) {
                shared.users++;
                shared.trail.reconfigure(config);
                return shared.trail;
            }
            Trail opened = Trail.open(config, status);
            OPEN.put(opened.directory(), new Shared(opened));
            return opened;
        } finally {
            LOCK.unlock();
        }
    }

    static void release(Trail trail) {
        LOCK.lock();
        try {
            Shared shared = OPEN.get(trail.directory());
            if (shared == null || shared.trail != trail) {
                return; // it had failed, and another took its place
            }
            shared.users--;
            if (shared.users == 0) {
                OPEN.remove(trail.directory());
                trail.close();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException notThere) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /** A trail and how many sinks use it. */
    private static final class Shared {
        private final Trail trail;
        private int users = 1;

        Shared(Trail trail) {
            this.trail = trail;
        }
    }
}
