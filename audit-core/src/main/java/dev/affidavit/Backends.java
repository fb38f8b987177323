package dev.affidavit;

import dev.affidavit.spi.AuditBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the logging framework of this process. */
final class Backends {
    /** Found on first use and kept: a framework that was shut down is still the one of this process. */
    private static volatile @Nullable AuditBackend current;

    private Backends() {}

    /** The active backend with the highest rank; null if there is none. */
    static @Nullable AuditBackend current() {
        AuditBackend found = current;
        if (found == null) {
            found = find();
            current = found;
        }
        return found;
    }

    private static @Nullable AuditBackend find() {
        List<AuditBackend> candidates = new ArrayList<>();
        ServiceLoader.load(AuditBackend.class, Backends.class.getClassLoader()).stream()
                .forEach(provider -> {
                    try {
                        candidates.add(provider.get());
                    } catch (ServiceConfigurationError | LinkageError e) {
                        // The appender module is here, its framework is not: not this process's framework.
                    }
                });
        candidates.add(new Slf4jBackend());
        return candidates.stream()
                .filter(AuditBackend::isActive)
                .max(Comparator.comparingInt(AuditBackend::rank))
                .orElse(null);
    }
}
