package dev.affidavit.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a killed process wrote of itself, all that it had begun to write whole.
 *
 * @param acknowledged by thread, how many lines: each thread appended 0, 1, 2 …
 * @param order the acknowledgements in the order in which they were written
 * @param segments that it wrote to
 * @param state the last that it said of the log as a whole
 */
record KillLedger(
        Map<Integer, Integer> acknowledged, List<Acknowledgement> order, List<String> segments, String state) {
    static final String OPENING = "opening";
    static final String OPENED = "opened";
    static final String CLOSING = "closing";
    static final String CLOSED = "closed";
    static final String SEGMENT = "segment ";

    static KillLedger read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        Map<Integer, Integer> acknowledged = new TreeMap<>();
        List<Acknowledgement> order = new ArrayList<>();
        List<String> segments = new ArrayList<>();
        String state = "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            if (line.startsWith(SEGMENT)) {
                segments.add(line.substring(SEGMENT.length()));
            } else if (Character.isDigit(line.charAt(0))) {
                Acknowledgement next = Acknowledgement.parse(line);
                CrashedLog.require(
                        next.number == acknowledged.getOrDefault(next.thread, 0), "a ledger without gaps at " + line);
                acknowledged.put(next.thread, next.number + 1);
                order.add(next);
            } else {
                state = line;
            }
        }
        return new KillLedger(acknowledged, order, segments, state);
    }

    /**
     * Of each thread the first line of which it is sure that it is behind the given one: its call began when that of the
     * other had returned.
     */
    Map<Integer, Integer> surelyBehind(Acknowledgement first) {
        Map<Integer, Integer> behind = new TreeMap<>();
        int from = order.indexOf(first);
        if (from >= 0) {
            order.subList(from, order.size()).forEach(next -> behind.putIfAbsent(next.thread, next.number + 1));
        }
        return behind;
    }

    record Acknowledgement(int thread, int number) {
        static Acknowledgement parse(String line) {
            int space = line.indexOf(' ');
            return new Acknowledgement(
                    Integer.parseInt(line.substring(0, space)), Integer.parseInt(line.substring(space + 1)));
        }
    }
}
