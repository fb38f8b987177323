package dev.affidavit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was measured again and again, as text. Each ratio is of two figures of the same repetition.
 *
 * @param <R> all of it once
 */
final class Repetitions<R> {
    private final List<R> all = new ArrayList<>();

    void add(R repetition) {
        all.add(repetition);
    }

    int count() {
        return all.size();
    }

    /** A row of a table: what it is, one figure, another, and the ratio of the first to the second. */
    String row(String what, String format, ToDoubleFunction<R> one, ToDoubleFunction<R> other) {
        return "| %s | %s | %s | %s |\n"
                .formatted(
                        what,
                        spread(format, one),
                        spread(format, other),
                        spread("%.2f", repetition -> one.applyAsDouble(repetition) / other.applyAsDouble(repetition)));
    }

    private String spread(String format, ToDoubleFunction<R> figure) {
        Spread spread = Spread.of(all.stream().mapToDouble(figure).boxed().toList());
        return "%s (%s..%s)"
                .formatted(
                        String.format(Locale.ROOT, format, spread.median()),
                        String.format(Locale.ROOT, format, spread.lowest()),
                        String.format(Locale.ROOT, format, spread.highest()));
    }
}
