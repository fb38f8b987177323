package dev.affidavit.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found by anchors. A log that was cut can lack a million events; a person reads the first, and how many there are. Not
 * thread-safe.
 */
final class AnchorFindings {
    /** Of each rule and verdict. */
    static final int MAX = 100;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<Kind, Integer> counts = new TreeMap<>();

    AnchorFindings() {}

    private record Kind(Rule rule, Verdict verdict) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int byRule = rule.compareTo(other.rule);
            return byRule != 0 ? byRule : verdict.compareTo(other.verdict);
        }
    }

    void add(Finding finding) {
        if (counts.merge(new Kind(finding.rule(), finding.verdict()), 1, Integer::sum) <= MAX) {
            findings.add(finding);
        }
    }

    /** The first of each kind, and for each how many more there are. */
    List<Finding> all() {
        List<Finding> all = new ArrayList<>(findings);
        counts.forEach((kind, count) -> {
            if (count > MAX) {
                all.add(Finding.ofLog(
                        kind.rule(), kind.verdict(), "", "%,d more like the %d above".formatted(count - MAX, MAX)));
            }
        });
        return all;
    }
}
