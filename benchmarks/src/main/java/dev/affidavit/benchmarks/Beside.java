package dev.affidavit.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Logs with something beside logs without it, by the number of threads that write them. */
record Beside(Map<Integer, Cost> with, Map<Integer, Cost> without) {
    private static final List<Integer> THREADS = List.of(1, 8);

    /** Writes a log with so many threads. */
    @FunctionalInterface
    interface Writing {
        Cost write(int threads) throws IOException, InterruptedException, ExecutionException;
    }

    static Beside of(Writing with, Writing without) throws IOException, InterruptedException, ExecutionException {
        Map<Integer, Cost> costsWithout = new TreeMap<>();
        Map<Integer, Cost> costsWith = new TreeMap<>();
        for (int threads : THREADS) {
            costsWithout.put(threads, without.write(threads));
            costsWith.put(threads, with.write(threads));
        }
        return new Beside(costsWith, costsWithout);
    }

    /** What it costs by itself. */
    double cpuMicrosPerEvent(int threads) {
        return with(threads).cpuMicrosPerEvent() - without(threads).cpuMicrosPerEvent();
    }

    Cost with(int threads) {
        return Objects.requireNonNull(with.get(threads));
    }

    Cost without(int threads) {
        return Objects.requireNonNull(without.get(threads));
    }

    /** Rates and CPU time with and without. */
    static <R> String rates(String what, Repetitions<R> repetitions, Function<R, Beside> written) {
        StringBuilder text = new StringBuilder();
        text.append("| `written`, store alone | with %s | without | ratio |\n|---|--:|--:|--:|\n".formatted(what));
        for (int threads : THREADS) {
            text.append(repetitions.row(
                    threads(threads) + ", events/s",
                    "%,.0f",
                    one -> written.apply(one).with(threads).eventsPerSecond(),
                    one -> written.apply(one).without(threads).eventsPerSecond()));
            text.append(repetitions.row(
                    threads(threads) + ", CPU µs per event",
                    "%.2f",
                    one -> written.apply(one).with(threads).cpuMicrosPerEvent(),
                    one -> written.apply(one).without(threads).cpuMicrosPerEvent()));
        }
        return text.toString();
    }

    /** What it costs by itself, beside something else that is done once for each event. */
    static <R> String difference(
            String what,
            String other,
            Repetitions<R> repetitions,
            Function<R, Beside> written,
            ToDoubleFunction<R> otherMicros) {
        StringBuilder text = new StringBuilder();
        text.append("| | %s | %s | ratio |\n|---|--:|--:|--:|\n".formatted(what, other));
        for (int threads : THREADS) {
            text.append(repetitions.row(
                    threads(threads) + ", CPU µs per event",
                    "%.2f",
                    one -> written.apply(one).cpuMicrosPerEvent(threads),
                    otherMicros));
        }
        return text.toString();
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
