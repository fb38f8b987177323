package dev.affidavit.trail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open trails of this class loader, one for each directory, counted by the sinks that use it: when a framework is
 * reconfigured, the new sink takes the log over before the old one lets go of it. Thread-safe.
 */
final class TrailRegistry {
    /** Held while a trail is opened, so that two sinks cannot open one directory at the same time. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    @GuardedBy("LOCK")
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    /** What was lost and no trail could say, by the name of the appender: its next trail does. */
    private static final Map<String, Losses> WITHOUT_TRAIL = new ConcurrentHashMap<>();

    private TrailRegistry() {}

    /** Where the losses of an appender are kept while it has no trail. */
    static Losses lossesWithoutTrail(String appender) {
        return WITHOUT_TRAIL.computeIfAbsent(appender, name -> new Losses());
    }

    /**
     * The trail of a configuration that is put in force: if another sink has it open, it gets these settings. Waits for a
     * directory that another process holds, as long as the configuration says.
     *
     * @param onTampering is told, if this opens the log, in what it does not agree with its seal
     * @throws dev.affidavit.store.StoreException if the log cannot be opened
     */
    static Trail acquire(TrailConfig config, FrameworkStatus status, Consumer<String> onTampering) {
        LOCK.lock();
        try {
            Trail trail = share(config);
            if (trail == null) {
                trail = opened(Trail.open(config, status, onTampering));
            } else {
                warnOfTwoAppenders(trail, config, status);
                trail.reconfigure(config);
                count(trail);
            }
            trail.report(lossesWithoutTrail(config.name()));
            return trail;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * The trail of a configuration that has been in force for a while: waits for nobody, and leaves the settings of a
     * trail that is open as they are, since they may be newer.
     *
     * @return null if another trail is being opened or closed just now
     * @throws dev.affidavit.store.StoreException if the log cannot be opened
     */
    static @Nullable Trail acquireLate(TrailConfig config, FrameworkStatus status, Consumer<String> onTampering) {
        if (!LOCK.tryLock()) {
            return null;
        }
        try {
            Trail trail = share(config);
            if (trail == null) {
                trail = opened(Trail.openNow(config, status, onTampering));
            } else {
                count(trail);
            }
            trail.report(lossesWithoutTrail(config.name()));
            return trail;
        } finally {
            LOCK.unlock();
        }
    }

    @GuardedBy("LOCK")
    private static @Nullable Trail share(TrailConfig config) {
        Shared shared = OPEN.get(realPath(config.log().directory()));
        if (shared == null) {
            return null;
        }
        if (shared.trail.hasFailed()) {
            OPEN.remove(shared.trail.directory());
            shared.trail.close(); // its other sinks are without a log from now on, and say so
            lossesWithoutTrail(config.name()).adopt(shared.trail.losses());
            return null;
        }
        return shared.trail;
    }

    /** Behind whatever may fail: a sink that did not get the trail does not let go of it. */
    @GuardedBy("LOCK")
    private static void count(Trail trail) {
        Objects.requireNonNull(OPEN.get(trail.directory())).users++;
    }

    @GuardedBy("LOCK")
    private static Trail opened(Trail trail) {
        OPEN.put(trail.directory(), new Shared(trail));
        return trail;
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
                lossesWithoutTrail(trail.name()).adopt(trail.losses());
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** The directory without links; what of it is not there yet is taken as it stands. */
    static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException notThere) {
            Path absolute = directory.toAbsolutePath();
            Path parent = absolute.getParent();
            Path name = absolute.getFileName();
            return parent == null || name == null
                    ? absolute
                    : realPath(parent).resolve(name).normalize();
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
