package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** What sinks that refuse have lost, by the name of their appender, until its next sink can say so. */
    private static final Map<String, List<Losses>> REFUSED = new ConcurrentHashMap<>();

    private TrailRegistry() {}

    /** The losses of a sink that refuses. The next trail that an appender of its name opens reports them. */
    static Losses lossesWhileRefusing(String appender) {
        Losses losses = new Losses();
        REFUSED.computeIfAbsent(appender, name -> new CopyOnWriteArrayList<>()).add(losses);
        return losses;
    }

    /** @throws dev.affidavit.store.StoreException if the log cannot be opened */
    static Trail acquire(TrailConfig config, FrameworkStatus status) {
        LOCK.lock();
        try {
            Shared shared = OPEN.get(realPath(config.log().directory()));
            Trail trail;
            if (shared == null) {
                trail = open(config, status);
            } else if (shared.trail.hasFailed()) {
                OPEN.remove(shared.trail.directory());
                shared.trail.close(); // its other sinks are without a log from now on, and say so
                trail = open(config, status);
                trail.report(shared.trail.losses());
            } else {
                trail = shared.trail;
                shared.users++;
                warnOfTwoAppenders(trail, config, status);
                trail.reconfigure(config);
            }
            List<Losses> whileRefusing = REFUSED.remove(config.name());
            if (whileRefusing != null) {
                whileRefusing.forEach(trail::report);
            }
            return trail;
        } finally {
            LOCK.unlock();
        }
    }

    @GuardedBy("LOCK")
    private static Trail open(TrailConfig config, FrameworkStatus status) {
        Trail opened = Trail.open(config, status);
        OPEN.put(opened.directory(), new Shared(opened));
        return opened;
    }

    /** A reconfiguration keeps the name of its appender; another name is perhaps another appender. */
    private static void warnOfTwoAppenders(Trail trail, TrailConfig config, FrameworkStatus status) {
        String other = trail.name();
        if (!other.equals(config.name())) {
            status.warn(
                    ("audit appenders '%s' and '%s' write to one directory, %s: files and forwarders of the last one"
                                    + " count for both. Give each a directory of its own.")
                            .formatted(other, config.name(), trail.directory()));
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
