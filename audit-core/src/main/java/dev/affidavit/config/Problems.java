package dev.affidavit.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Everything that is wrong with a configuration, each with its path. Not thread-safe. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /**
     * Adds a problem.
     *
     * @param path such as {@code AuditForwarder[soc].port}; a name that is empty is shown as {@code ''}
     */
    public void add(String path, String problem) {
        found.add((path.isEmpty() || path.endsWith(".") ? path + "''" : path) + ": " + problem);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order in which they were found. */
    public List<String> all() {
        return Collections.unmodifiableList(found);
    }
}
