package dev.affidavit.benchmarks;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param times of one repetition
 * @param only parts of configuration names; empty for all
 * @param json the file for the figures; null for none
 */
record Options(
        Times times,
        int repetitions,
        List<Integer> threads,
        List<String> only,
        @Nullable Path directory,
        @Nullable Path json) {

    static final String USAGE = """
            Usage: benchmarks/run [option]...
            Measures Affidavit beside its peers: each configuration in a fresh JVM, in turn, the lines counted.
            Progress goes to standard error, the report to standard output.

              --quick            0.3 s, 1 repetition, 1 thread: to see that all works, not for figures
              --seconds N        length of a repetition (3)
              --warm-up N        seconds of the same before it, that do not count (6)
              --repetitions N    fresh JVMs for each configuration (5)
              --threads N,...    thread counts (1,8,64)
              --only TEXT,...    configurations whose name contains one of these, such as written/affidavit or bare
              --directory DIR    where the logs are written (benchmarks/target/runs); they are removed again
              --json FILE        writes the figures to FILE too
              --list             prints the names of the configurations
              --help             prints this
            """;

    private static final Duration MAX_DURATION = Duration.ofHours(1);
    private static final int MAX_REPETITIONS = 1000;
    private static final int MAX_THREADS = 10_000;

    /** @throws UsageException if an argument is unknown or has no sense */
    static Options parse(List<String> arguments) throws UsageException {
        boolean quick = arguments.contains("--quick");
        Duration warmUp = quick ? Duration.ofMillis(300) : Duration.ofSeconds(6);
        Duration measured = quick ? Duration.ofMillis(300) : Duration.ofSeconds(3);
        int repetitions = quick ? 1 : 5;
        List<Integer> threads = quick ? List.of(1) : List.of(1, 8, 64);
        List<String> only = new ArrayList<>();
        Path directory = null;
        Path json = null;
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--quick" -> {}
                case "--seconds" -> measured = seconds(option, value(option, left));
                case "--warm-up" -> warmUp = seconds(option, value(option, left));
                case "--repetitions" -> repetitions = number(option, value(option, left), MAX_REPETITIONS);
                case "--threads" -> threads = numbers(option, value(option, left));
                case "--only" -> only.addAll(List.of(value(option, left).split(",")));
                case "--directory" -> directory = Path.of(value(option, left));
                case "--json" -> json = Path.of(value(option, left));
                default -> throw new UsageException("unknown option " + option + "; see --help");
            }
        }
        return new Options(new Times(warmUp, measured), repetitions, threads, List.copyOf(only), directory, json);
    }

    /** What is to be measured. */
    List<Configuration> configurations() throws UsageException {
        List<Configuration> selected =
                Configuration.all(threads).stream().filter(this::isSelected).toList();
        if (selected.isEmpty()) {
            throw new UsageException("--only: no configuration's name contains any of %s; see --list".formatted(only));
        }
        return selected;
    }

    private boolean isSelected(Configuration configuration) {
        return only.isEmpty() || only.stream().anyMatch(configuration.name()::contains);
    }

    static String value(String option, Deque<String> left) throws UsageException {
        String value = left.poll();
        if (value == null) {
            throw new UsageException(option + ": expected a value, found nothing");
        }
        return value;
    }

    private static Duration seconds(String option, String text) throws UsageException {
        try {
            Duration parsed =
                    Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
            if (parsed.toMillis() > 0 && parsed.compareTo(MAX_DURATION) <= 0) {
                return parsed;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(
                "%s: expected 0.001 to %d, found %s".formatted(option, MAX_DURATION.toSeconds(), text));
    }

    private static List<Integer> numbers(String option, String text) throws UsageException {
        List<Integer> numbers = new ArrayList<>();
        for (String one : Stream.of(text.split(",")).distinct().toList()) {
            numbers.add(number(option, one, MAX_THREADS));
        }
        return List.copyOf(numbers);
    }

    static int number(String option, String text, int max) throws UsageException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("%s: expected 1 to %d, found %s".formatted(option, max, text));
    }
}
