package dev.affidavit.verify;

import java.util.ArrayList;
import java.util.List;

/** What was found in one file. A damaged one can have a million; a person reads the first. Not thread-safe. */
final class Findings {
    /** For each file. */
    static final int MAX = 100;

    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        if (all.size() < MAX) {
            all.add(finding);
        }
    }

    List<Finding> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
