package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A log after a crash, and whether it keeps what was promised: before anything else is written to it, after it was opened
 * again, and after it went on.
 *
 * @param options by directory
 * @param lossBound how many acknowledged lines a power cut may have taken
 * @param at when it crashed
 */
record CrashedLog(
        CrashImage image,
        Crash crash,
        CrashLedger ledger,
        Function<Path, LogOptions> options,
        int lossBound,
        Instant at) {

    /** @throws AssertionError if it does not */
    void check(Path directory) throws IOException {
        image.writeTo(directory);
        Optional<TornTail> torn = TornTail.of(image);
        RecordingListener listener = new RecordingListener();
        SealedCrash.checkLeft(directory, options.apply(directory));
        try (LogWriter log = open(directory, listener)) {
            TornTail.check(torn, log.recovery(), powerWasCut());
            checkNothingElseSaid(log, directory);
        }
        require(listener.warnings.isEmpty(), "nothing to warn of, found " + listener.warnings);
        SealedCrash.checkOpened(directory, options.apply(directory));
        CrashImage recovered = CrashImage.of(directory);
        List<String> lines = linesIn(recovered);
        require(lines.equals(read(directory)), "a reader finds the lines that are in the files");
        checkLines(lines, recovered.segments());
        CursorCheck.check(directory, lines);
        goOn(directory, recovered, lines);
    }

    private boolean powerWasCut() {
        return crash == Crash.POWER_CUT || ledger.powerWasCut();
    }

    private LogWriter open(Path directory, LogListener listener) {
        TestLog.FakeClock clock = new TestLog.FakeClock();
        clock.set(at);
        return LogWriter.open(
                options.apply(directory), listener, TestLog.environment(SlowDisk.real(), clock, new LineTree()));
    }

    /** Whoever reads warnings must not be sent after something that is not so. */
    private void checkNothingElseSaid(LogWriter log, Path directory) throws IOException {
        List<String> unfinished = new ArrayList<>();
        CrashImage now = CrashImage.of(directory);
        for (String segment : now.segments()) {
            String text = CrashLedger.text(now.bytes(segment));
            if (!text.isEmpty() && !text.endsWith("\n")) {
                unfinished.add(segment);
            }
        }
        require(powerWasCut() || unfinished.isEmpty(), "a kill leaves no unfinished line but the last");
        List<String> said =
                log.warnings().stream().filter(text -> text.contains(".log")).toList();
        require(said.size() == unfinished.size(), "a warning for each of " + unfinished + ", found " + said);
        for (int i = 0; i < said.size(); i++) {
            require(said.get(i).contains(unfinished.get(i)), "a warning for " + unfinished.get(i) + ", found " + said);
        }
        require(log.statistics().failed() == null, "it works");
    }

    /** The finished lines in the order of the log; a segment before the last may end with an unfinished one. */
    private static List<String> linesIn(CrashImage image) {
        List<String> lines = new ArrayList<>();
        List<String> segments = image.segments();
        for (String segment : segments) {
            String text = CrashLedger.text(image.bytes(segment));
            boolean last = segment.equals(segments.get(segments.size() - 1));
            require(!last || text.isEmpty() || text.endsWith("\n"), "the last segment ends with a finished line");
            int end = text.lastIndexOf('\n') + 1;
            if (end > 0) {
                lines.addAll(List.of(text.substring(0, end - 1).split("\n", -1)));
            }
        }
        return lines;
    }

    private static List<String> read(Path directory) {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            return texts(reader);
        }
    }

    static List<String> texts(LogReader reader) {
        return reader.read(Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(line -> CrashLedger.text(line.bytes()))
                .toList();
    }

    private void checkLines(List<String> lines, List<String> segments) {
        Set<String> found = new HashSet<>();
        int begun = -1;
        for (String line : lines) {
            if (powerWasCut() && line.indexOf('\0') >= 0) {
                continue; // what never reached the device
            }
            CrashLedger.Entry entry = ledger.find(line);
            if (entry == null) {
                throw new AssertionError("nobody appended this line: " + line);
            }
            require(found.add(line), "each line once, found twice: " + line);
            require(begun < entry.acknowledged, "lines in order, found too late: " + line);
            begun = Math.max(begun, entry.begun);
        }
        String removed = CrashLedger.lastRemoved(lines);
        ledger.required(crash)
                .filter(line -> !found.contains(line) && !ledger.wasRemoved(line, removed, segments))
                .findFirst()
                .ifPresent(line -> {
                    throw new AssertionError("missing, and not said to be removed: " + line);
                });
        long lost = ledger.required(Crash.KILL)
                .filter(line -> !ReportingListener.isReport(line)) // which comes when it comes
                .filter(line -> !found.contains(line) && !ledger.wasRemoved(line, removed, segments))
                .count();
        require(lost <= lossBound, "at most %d lines lost, found %d".formatted(lossBound, lost));
    }

    /** Opening again changes nothing, lines are taken, retention says what it removes, and a reader finds all that. */
    private void goOn(Path directory, CrashImage recovered, List<String> lines) throws IOException {
        List<String> added = new ArrayList<>();
        CompletableFuture<LogWriter> opened = new CompletableFuture<>();
        LogListener listener = new ReportingListener(report -> {
            added.add(report + " of the next");
            opened.join().appendReport(TextLine.of(report + " of the next"), Durability.WRITTEN);
        });
        try (LogWriter log = open(directory, listener)) {
            require(log.recovery().isEmpty(), "nothing to recover the second time");
            require(
                    recovered.withoutSeals().equals(CrashImage.of(directory).withoutSeals()),
                    "opening again changes nothing");
            opened.complete(log);
            log.append(TextLine.of("it goes on"), Durability.SYNCED);
        }
        SealedCrash.checkOpened(directory, options.apply(directory));
        List<String> after = new ArrayList<>(read(directory));
        require(after.remove("it goes on"), "it takes lines again");
        require(after.removeAll(added) || added.isEmpty(), "it tells what it does");
        List<String> kept = lines.subList(lines.size() - Math.min(lines.size(), after.size()), lines.size());
        require(after.equals(kept), "lines go from the front only");
        String removed = CrashLedger.lastRemoved(added.isEmpty() ? lines : added);
        for (String segment : recovered.segments()) {
            require(
                    Files.exists(directory.resolve(segment)) || segment.compareTo(removed) <= 0,
                    "what is removed is recorded: " + segment);
        }
    }

    static void require(boolean holds, String promise) {
        if (!holds) {
            throw new AssertionError("expected: " + promise);
        }
    }
}
