package dev.affidavit.forward.splunk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Where a collector listens, and which place is used: always the same one, until it fails. Thread-safe. */
final class Endpoints {
    private final List<Endpoint> all;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private int current;

    /** Failed, and did not work since. */
    @GuardedBy("lock")
    private final Set<Endpoint> suspect = new HashSet<>();

    /** In turn, since one of them worked or all of them had failed. */
    @GuardedBy("lock")
    private final Map<Endpoint, IOException> failures = new LinkedHashMap<>();

    Endpoints(List<Endpoint> all) {
        this.all = List.copyOf(all);
    }

    Endpoint current() {
        lock.lock();
        try {
            return all.get(current);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is to be asked for its health before it is sent anything. */
    boolean isSuspect(Endpoint endpoint) {
        lock.lock();
        try {
            return suspect.contains(endpoint);
        } finally {
            lock.unlock();
        }
    }

    void works(Endpoint endpoint) {
        lock.lock();
        try {
            suspect.remove(endpoint);
            failures.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next one in turn is used then.
     *
     * @return the failure as the engine is to be told of it: what keeps it from coming back soon, only if that is so everywhere
     */
    IOException failed(Endpoint endpoint, IOException failure) {
        lock.lock();
        try {
            suspect.add(endpoint);
            failures.put(endpoint, failure);
            if (all.get(current).equals(endpoint)) {
                current = (current + 1) % all.size();
            }
            if (failures.size() < all.size()) {
                return new IOException("%s; next is %s".formatted(failure.getMessage(), all.get(current)), failure);
            }
            IOException everywhere = Outage.of(List.copyOf(failures.values()));
            failures.clear();
            return everywhere;
        } finally {
            lock.unlock();
        }
    }
}
