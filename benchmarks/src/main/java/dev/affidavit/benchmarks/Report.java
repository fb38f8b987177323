package dev.affidavit.benchmarks;

import dev.affidavit.benchmarks.Results.Row;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run, ready to be told.
 *
 * @param command as it was typed
 * @param version of the sources measured
 */
record Report(String command, String version, List<String> jvmOptions, Machine machine, List<Row> rows) {

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                "Command: `%s` (%s; JVM options `%s`)\n\n".formatted(command, version, String.join(" ", jvmOptions)));
        text.append("Machine: %d cores (%s), %s memory, %s, %s, %s\n\n"
                .formatted(
                        machine.cores(),
                        machine.processor(),
                        machine.memory(),
                        machine.kernel(),
                        machine.jdk(),
                        machine.fileSystem()));
        text.append(
                "Events per second and ratios: median (lowest..highest) of the repetitions. Latencies and CPU time for each event in µs.\n\n");
        text.append(
                "| durability | threads | system | events/s | ratio | p50 | p99 | p99.9 | max | CPU | bytes allocated |\n");
        text.append("|---|--:|---|--:|---|--:|--:|--:|--:|--:|--:|\n");
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(Row row) {
        Configuration configuration = row.configuration();
        return "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        configuration.durability().name().toLowerCase(Locale.ROOT),
                        configuration.threads(),
                        configuration.contender(),
                        spread("%,.0f", row.eventsPerSecond()),
                        ratio(row.ratio(), row.against()),
                        micros(row.p50Micros()),
                        micros(row.p99Micros()),
                        micros(row.p999Micros()),
                        micros(row.maxMicros()),
                        number("%.2f", row.cpuMicrosPerEvent()),
                        number("%,.0f", row.allocatedBytesPerEvent()));
    }

    private static String ratio(@Nullable Spread ratio, @Nullable Contender against) {
        return ratio == null ? "" : "%s x %s".formatted(spread("%.2f", ratio), against);
    }

    private static String spread(String format, Spread spread) {
        return "%s (%s..%s)"
                .formatted(
                        number(format, spread.median()),
                        number(format, spread.lowest()),
                        number(format, spread.highest()));
    }

    private static String micros(double value) {
        return number(value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
