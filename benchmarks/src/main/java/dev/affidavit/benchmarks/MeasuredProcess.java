package dev.affidavit.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The main class of a process that measures one configuration once: a warm-up that does not count, then a repetition
 * that does. Leaves the {@link Measurement} in a file for who started it.
 */
final class MeasuredProcess {
    /** A call of {@code written} takes a microsecond, and two looks at the clock a twentieth of one. */
    private static final int WRITTEN_CALLS_PER_SAMPLE = 16;

    private MeasuredProcess() {}

    /** Arguments: contender, durability, threads, milliseconds of warm-up and on the clock, directory, file for the measurement. */
    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0]);
        Durability durability = Durability.valueOf(args[1]);
        int threads = Integer.parseInt(args[2]);
        Times times = new Times(millis(args[3]), millis(args[4]));
        Measurement measurement;
        try (Call call = contender.open(SampleEvent.alice(), Path.of(args[5]), durability)) {
            Load load = new Load(call, threads, durability == Durability.SYNCED ? 1 : WRITTEN_CALLS_PER_SAMPLE);
            call.make(); // the framework starts at the first call, and with one thread it does so in peace
            long warmUpCalls = 1 + load.run(times.warmUp()).calls();
            measurement = measurement(warmUpCalls, load.run(times.measured()));
        }
        new ObjectMapper().writeValue(Path.of(args[6]).toFile(), measurement);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static Measurement measurement(long warmUpCalls, Load.Outcome outcome) {
        Histogram latencies = outcome.latencies();
        return new Measurement(
                warmUpCalls,
                outcome.calls(),
                outcome.ended() - outcome.started(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                latencies.getMaxValue(),
                outcome.allocatedBytes(),
                outcome.cpuNanos());
    }
}
