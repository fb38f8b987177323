package dev.affidavit.examples;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether all that was recorded was counted and received.
 *
 * @param requests that the shop answered
 * @param inFile lines that this run added to the log
 * @param counted what the statistics say
 * @param countedByJmx what the MXBean says
 * @param countedByMicrometer what the meter says
 * @param received which of those lines the receiver got
 * @param repeated how often it got one of them again
 * @param others what else it got: lines of an earlier run, which had not been delivered yet
 * @param inOrder whether it got them in the order of the file
 * @param types how many lines there are of each event type
 */
record Reckoning(
        long requests,
        int inFile,
        long counted,
        long countedByJmx,
        long countedByMicrometer,
        int received,
        int repeated,
        int others,
        boolean inOrder,
        SortedMap<String, Integer> types) {
    static Reckoning of(long requests, List<String> file, Counts counts, List<String> messages) {
        Set<String> lines = Set.copyOf(file);
        List<String> ours = messages.stream().filter(lines::contains).toList();
        Set<String> received = new LinkedHashSet<>(ours);
        SortedMap<String, Integer> types = new TreeMap<>();
        file.forEach(line -> types.merge(EventText.typeOf(line), 1, Integer::sum));
        return new Reckoning(
                requests,
                file.size(),
                counts.statistics(),
                counts.jmx(),
                counts.micrometer(),
                received.size(),
                ours.size() - received.size(),
                messages.size() - ours.size(),
                file.stream().filter(received::contains).toList().equals(List.copyOf(received)),
                types);
    }

    boolean agrees() {
        return inFile == counted
                && inFile == countedByJmx
                && inFile == countedByMicrometer
                && inFile == received
                && inOrder;
    }
}
