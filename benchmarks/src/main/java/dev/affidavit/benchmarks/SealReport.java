package dev.affidavit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What {@code benchmarks/seals} measured. Each ratio is of two figures of the same repetition. */
final class SealReport {
    private final long events;
    private final int lineBytes;
    private final Machine machine;
    private final List<Repetition> repetitions = new ArrayList<>();

    SealReport(long events, int lineBytes, Machine machine) {
        this.events = events;
        this.lineBytes = lineBytes;
        this.machine = machine;
    }

    void add(Repetition repetition) {
        repetitions.add(repetition);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("%,d lines of %d bytes in each log; %d cores (%s), %s memory, %s, %s, %s\n\n"
                .formatted(
                        events,
                        lineBytes,
                        machine.cores(),
                        machine.processor(),
                        machine.memory(),
                        machine.kernel(),
                        machine.jdk(),
                        machine.fileSystem()));
        text.append("Median (lowest..highest) of %d repetitions.\n\n".formatted(repetitions.size()));
        text.append("| `written`, store alone | with seals | without | ratio |\n|---|--:|--:|--:|\n");
        for (int threads : repetitions.get(0).written().keySet()) {
            row(text, "%s, events/s".formatted(threads(threads)), "%,.0f", threads, Cost::eventsPerSecond);
            row(text, "%s, CPU µs per event".formatted(threads(threads)), "%.2f", threads, Cost::cpuMicrosPerEvent);
        }
        text.append("\n| | seal | one SHA-256 of the line | ratio |\n|---|--:|--:|--:|\n");
        for (int threads : repetitions.get(0).written().keySet()) {
            text.append("| %s, CPU µs per event | %s | %s | %s |\n"
                    .formatted(
                            threads(threads),
                            spread("%.2f", one -> one.by(threads).sealMicros()),
                            spread("%.2f", one -> one.lines().cpuMicrosPerEvent()),
                            spread(
                                    "%.2f",
                                    one -> one.by(threads).sealMicros()
                                            / one.lines().cpuMicrosPerEvent())));
        }
        text.append("\n| | verified | SHA-256 of the files | ratio |\n|---|--:|--:|--:|\n");
        text.append("| MB per CPU second | %s | %s | %s |\n"
                .formatted(
                        spread("%,.0f", one -> one.verified().megabytesPerCpuSecond()),
                        spread("%,.0f", one -> one.files().megabytesPerCpuSecond()),
                        spread(
                                "%.2f",
                                one -> one.verified().megabytesPerCpuSecond()
                                        / one.files().megabytesPerCpuSecond())));
        return text.toString();
    }

    private void row(StringBuilder text, String what, String format, int threads, ToDoubleFunction<Cost> figure) {
        text.append("| %s | %s | %s | %s |\n"
                .formatted(
                        what,
                        spread(
                                format,
                                one -> figure.applyAsDouble(one.by(threads).sealed())),
                        spread(
                                format,
                                one -> figure.applyAsDouble(one.by(threads).plain())),
                        spread(
                                "%.2f",
                                one -> figure.applyAsDouble(one.by(threads).sealed())
                                        / figure.applyAsDouble(one.by(threads).plain()))));
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private String spread(String format, ToDoubleFunction<Repetition> figure) {
        Spread spread =
                Spread.of(repetitions.stream().mapToDouble(figure).boxed().toList());
        return "%s (%s..%s)"
                .formatted(
                        String.format(Locale.ROOT, format, spread.median()),
                        String.format(Locale.ROOT, format, spread.lowest()),
                        String.format(Locale.ROOT, format, spread.highest()));
    }

    /** A log without seals, and one with. */
    record Written(Cost plain, Cost sealed) {
        double sealMicros() {
            return sealed.cpuMicrosPerEvent() - plain.cpuMicrosPerEvent();
        }
    }

    /**
     * All of it once.
     *
     * @param lines one hash for each line
     * @param written by the number of threads
     * @param files one hash for each file
     */
    record Repetition(Cost lines, Map<Integer, Written> written, Cost files, Cost verified) {
        Written by(int threads) {
            return Objects.requireNonNull(written.get(threads));
        }
    }
}
