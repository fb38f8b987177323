package dev.affidavit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything of one run: all configurations once, then all again, so that what the machine does meanwhile falls on all
 * of them alike.
 */
final class Campaign {
    private final List<Configuration> configurations;
    private final int repetitions;
    private final Times times;
    private final FreshJvm jvm;
    private final Progress progress;

    Campaign(Options options, List<Configuration> configurations, FreshJvm jvm, Progress progress) {
        this.configurations = configurations;
        this.repetitions = options.repetitions();
        this.times = options.times();
        this.jvm = jvm;
        this.progress = progress;
    }

    /**
     * Measures, and checks each measurement against its files. These are removed as soon as they are counted; those of a
     * measurement that fails stay.
     *
     * @throws BenchmarkException at the first measurement that fails
     */
    Results run(Path parent) throws IOException, InterruptedException, BenchmarkException {
        Map<Configuration, List<Measurement>> measured = new LinkedHashMap<>();
        for (Configuration configuration : configurations) {
            measured.put(configuration, new ArrayList<>());
        }
        Path directory = Files.createTempDirectory(Files.createDirectories(parent), "run-");
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (var entry : measured.entrySet()) {
                progress.begin(repetition, entry.getKey());
                Measurement measurement = measure(entry.getKey(), directory);
                progress.end(measurement);
                entry.getValue().add(measurement);
            }
        }
        Files.delete(directory);
        return new Results(measured);
    }

    private Measurement measure(Configuration configuration, Path parent)
            throws IOException, InterruptedException, BenchmarkException {
        Path directory = Files.createTempDirectory(parent, configuration.contender() + "-");
        Path logs = Files.createTempDirectory(directory, "logs-"); // closed to others: the product warns of less
        Measurement measurement = jvm.measure(configuration, times, directory, logs);
        LogCheck.require(measurement, logs);
        Removal.of(directory);
        return measurement;
    }
}
