package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A log whose writers are killed, and all that they wrote of themselves. */
final class KilledLog {
    private final KillKind kind;
    private final Path directory;
    private final Map<Integer, KillLedger> ledgers = new TreeMap<>();
    private final TreeSet<String> segments = new TreeSet<>();

    KilledLog(KillKind kind, Path directory) {
        this.kind = kind;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    int begun() {
        return segments.size();
    }

    long removed() {
        return segments.stream().filter(this::isGone).count();
    }

    private boolean isGone(String segment) {
        return Files.notExists(directory.resolve(segment));
    }

    /** All that is there was written, in order and without a gap; all that is not was removed, and that is recorded. */
    void check(int round, KillLedger ledger) throws IOException {
        ledgers.put(round, ledger);
        segments.addAll(ledger.segments());
        if (!Files.exists(directory.resolve(".affidavit/log-id"))) {
            CrashedLog.require(ledger.acknowledged().isEmpty(), "a log");
            return;
        }
        segments.addAll(LogFiles.names(directory)); // who was killed behind the beginning of one could not say so
        SealedCrash.checkLeft(directory, kind.options(directory));
        List<String> lines;
        try (LogReader reader = LogReader.fromOldest(directory)) {
            lines = CrashedLog.texts(reader);
        }
        CursorCheck.check(directory, lines);
        String recorded = CrashLedger.lastRemoved(lines);
        segments.stream()
                .filter(this::isGone)
                .forEach(gone -> CrashedLog.require(
                        gone.compareTo(recorded) <= 0,
                        "what is removed is recorded: " + gone + ", not just " + recorded));
        checkLines(lines);
    }

    private void checkLines(List<String> lines) {
        KilledLine first = null;
        int round = 0;
        Map<Integer, Map<Integer, Span>> found = new HashMap<>();
        for (String text : lines) {
            if (!Character.isDigit(text.charAt(0))) {
                continue; // a report
            }
            KilledLine line = KilledLine.parse(text);
            first = first == null ? line : first;
            CrashedLog.require(line.round() >= round, "rounds in order at " + line);
            round = line.round();
            found.computeIfAbsent(round, any -> new HashMap<>())
                    .computeIfAbsent(line.thread(), any -> new Span(line.number()))
                    .add(line);
        }
        boolean complete = removed() == 0;
        for (Map.Entry<Integer, KillLedger> ledger : ledgers.entrySet()) {
            Map<Integer, Integer> required = required(ledger.getKey(), ledger.getValue(), complete ? null : first);
            Map<Integer, Span> spans = found.getOrDefault(ledger.getKey(), Map.of());
            ledger.getValue().acknowledged().forEach((thread, count) -> {
                String of = "round %d, thread %d".formatted(ledger.getKey(), thread);
                Span span = spans.getOrDefault(thread, new Span(Integer.MAX_VALUE));
                int from = required.getOrDefault(thread, Integer.MAX_VALUE);
                CrashedLog.require(
                        from >= count || (span.first <= from && span.next >= count),
                        "%s: lines %d to %d, found %s".formatted(of, from, count, span));
                CrashedLog.require(
                        span.first == Integer.MAX_VALUE || span.next <= count + 1,
                        "%s: no more than it began after %d, found %s".formatted(of, count, span));
            });
        }
    }

    /**
     * From which line on each thread's must be there.
     *
     * @param first of the log, if lines were removed before it
     */
    private static Map<Integer, Integer> required(int round, KillLedger ledger, @Nullable KilledLine first) {
        if (first != null && round == first.round()) {
            return ledger.surelyBehind(new KillLedger.Acknowledgement(first.thread(), first.number()));
        }
        Map<Integer, Integer> all = new HashMap<>();
        if (first == null || round > first.round()) {
            ledger.acknowledged().keySet().forEach(thread -> all.put(thread, 0));
        }
        return all;
    }

    /** Recovers it, and holds what is told of that against what was there. Returns what was cut off. */
    Optional<Recovery> recover() throws IOException {
        Optional<TornTail> torn = Files.exists(directory) ? TornTail.of(CrashImage.of(directory)) : Optional.empty();
        Optional<Recovery> recovery;
        try (LogWriter log =
                LogWriter.open(kind.options(directory), LogListener.NONE, kind.environment(new RealDisk()))) {
            recovery = log.recovery();
            TornTail.check(torn, recovery, false);
            List<String> warnings = log.warnings().stream()
                    .filter(text -> text.contains(".log"))
                    .toList();
            CrashedLog.require(warnings.isEmpty(), "no warning, found " + warnings);
        }
        SealedCrash.checkOpened(directory, kind.options(directory));
        return recovery;
    }

    /** The lines of a thread that are there, without a gap. */
    private static final class Span {
        private final int first;
        private int next;

        Span(int first) {
            this.first = first;
            this.next = first;
        }

        void add(KilledLine line) {
            CrashedLog.require(line.number() == next, "line %d of its thread, found %s".formatted(next, line));
            next++;
        }

        @Override
        public String toString() {
            return first + " to " + next;
        }
    }
}
