package dev.affidavit.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a run measured: for each configuration its repetitions, in order. */
record Results(Map<Configuration, List<Measurement>> measured) {

    List<Row> rows() {
        return measured.keySet().stream().map(this::row).toList();
    }

    private Row row(Configuration configuration) {
        List<Measurement> measurements = repetitions(configuration);
        Configuration peer = fastestPeer(configuration);
        return new Row(
                configuration,
                rate(configuration),
                peer == null ? null : peer.contender(),
                peer == null ? null : ratio(measurements, repetitions(peer)),
                medianMicros(measurements, Measurement::p50Nanos),
                medianMicros(measurements, Measurement::p99Nanos),
                medianMicros(measurements, Measurement::p999Nanos),
                measurements.stream().mapToLong(Measurement::maxNanos).max().orElse(0) / 1e3,
                median(measurements, Measurement::allocatedBytesPerEvent),
                median(measurements, Measurement::cpuMicrosPerEvent),
                measurements);
    }

    private List<Measurement> repetitions(Configuration configuration) {
        return measured.getOrDefault(configuration, List.of());
    }

    private Spread rate(Configuration configuration) {
        return Spread.of(repetitions(configuration).stream()
                .map(Measurement::eventsPerSecond)
                .toList());
    }

    private @Nullable Configuration fastestPeer(Configuration configuration) {
        return measured.keySet().stream()
                .filter(other -> other.threads() == configuration.threads()
                        && other.durability() == configuration.durability()
                        && configuration.contender().isAgainst(other.contender(), configuration.durability()))
                .max(Comparator.comparingDouble(other -> rate(other).median()))
                .orElse(null);
    }

    /** Each repetition against the peer's of the same round: both met the machine in the same mood. */
    private static Spread ratio(List<Measurement> ours, List<Measurement> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i).eventsPerSecond() / theirs.get(i).eventsPerSecond());
        }
        return Spread.of(ratios);
    }

    private static double medianMicros(List<Measurement> measurements, ToLongFunction<Measurement> nanos) {
        return median(measurements, measurement -> nanos.applyAsLong(measurement) / 1e3);
    }

    private static double median(List<Measurement> measurements, Function<Measurement, Double> of) {
        return Spread.of(measurements.stream().map(of).toList()).median();
    }

    /**
     * One configuration in figures. Percentiles are medians of the repetitions, the maximum is the highest of all.
     *
     * @param against the fastest peer of the same framework, for {@code synced} the bare write; null for peers, and if
     *     none was measured
     */
    record Row(
            Configuration configuration,
            Spread eventsPerSecond,
            @Nullable Contender against,
            @Nullable Spread ratio,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            double maxMicros,
            double allocatedBytesPerEvent,
            double cpuMicrosPerEvent,
            List<Measurement> repetitions) {}
}
