package dev.affidavit;

import dev.affidavit.spi.AuditBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the logging framework of this process. */
final class Backends {
    /** Found on first use and kept: a framework that was shut down is still the one of this process. */
    private static volatile @Nullable AuditBackend current;

    private Backends() {}

    /**
     * The active backend with the highest rank; null if there is none. While another thread initialises SLF4J nobody knows
     * yet what is behind it: that answer is not kept.
     */
    static @Nullable AuditBackend current() {
        AuditBackend found = current;
        if (found == null) {
            found = find();
            if (!(found instanceof Slf4jBackend && Slf4jBackend.isBeingInitialized())) {
                current = found;
            }
        }
        return found;
    }

    private static @Nullable AuditBackend find() {
        List<AuditBackend> candidates = new ArrayList<>();
        Iterator<AuditBackend> found = ServiceLoader.load(AuditBackend.class, Backends.class.getClassLoader())
                .iterator();
        for (boolean more = true; more; ) {
            try {
                more = found.hasNext();
                if (more) {
                    candidates.add(found.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                // The appender module is here, its framework is not: not this process's framework.
            }
        }
        candidates.add(new Slf4jBackend());
        // In this order, so that SLF4J is not woken, and does not complain, where it is not used.
        return candidates.stream()
                .sorted(Comparator.comparingInt(AuditBackend::rank).reversed())
                .filter(Backends::isActive)
                .findFirst()
                .orElse(null);
    }

    private static boolean isActive(AuditBackend candidate) {
        try {
            return candidate.isActive();
        } catch (LinkageError e) { // its framework is here in part, or in a version that it does not know
            return false;
        }
    }
}
