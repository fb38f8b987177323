package dev.affidavit.benchmarks.forwarding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each way used in each repetition, beside rsyslog in the same one. Not thread-safe. */
final class Figures {
    private static final double MB = 1024 * 1024;

    private final Source source;
    private final Map<String, List<Usage>> usages = new LinkedHashMap<>();

    Figures(Source source) {
        this.source = source;
    }

    void add(String contender, Usage usage) {
        usages.computeIfAbsent(contender, name -> new ArrayList<>()).add(usage);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("%,d events, %,d MB. Median (lowest..highest) of the repetitions.%n%n"
                .formatted(source.events(), Math.round(source.bytes() / MB)));
        text.append(
                "| from the log to | events/s | to rsyslog's | events per CPU second | to rsyslog's | peak memory |\n");
        text.append("|---|--:|--:|--:|--:|--:|\n");
        usages.forEach((name, runs) -> text.append("| %s | %s | %s | %s | %s | %.0f MB |%n"
                .formatted(
                        name,
                        spread("%,.0f", values(runs, this::perSecond)),
                        ratio(runs, this::perSecond),
                        spread("%,.0f", values(runs, this::perCpuSecond)),
                        ratio(runs, this::perCpuSecond),
                        runs.stream().mapToLong(Usage::peakBytes).max().orElse(0) / MB)));
        return text.toString();
    }

    String json() {
        return usages.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(usage ->
                                "{\"contender\":\"%s\",\"events\":%d,\"seconds\":%.3f,\"cpuSeconds\":%.2f,\"peakBytes\":%d}"
                                        .formatted(
                                                entry.getKey(),
                                                source.events(),
                                                usage.seconds(),
                                                usage.cpuSeconds(),
                                                usage.peakBytes())))
                .collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private double perSecond(Usage usage) {
        return source.events() / usage.seconds();
    }

    private double perCpuSecond(Usage usage) {
        return source.events() / usage.cpuSeconds();
    }

    private String ratio(List<Usage> runs, ToDoubleFunction<Usage> figure) {
        List<Usage> peer = usages.get(RsyslogContender.PEER);
        if (peer == null || peer.size() != runs.size() || peer == runs) {
            return "";
        }
        List<Double> ratios = IntStream.range(0, runs.size())
                .mapToObj(i -> figure.applyAsDouble(runs.get(i)) / figure.applyAsDouble(peer.get(i)))
                .toList();
        return spread("%.2f", ratios) + " x";
    }

    private static List<Double> values(List<Usage> runs, ToDoubleFunction<Usage> figure) {
        return runs.stream().map(figure::applyAsDouble).toList();
    }

    private static String spread(String format, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        String pattern = "%s (%s..%s)".formatted(format, format, format);
        return String.format(Locale.ROOT, pattern, median, sorted.get(0), sorted.get(size - 1));
    }
}
