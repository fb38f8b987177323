package dev.affidavit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The command {@code benchmarks/seals} or {@code benchmarks/encryption}: the store without framework and encoder, since these
 * cost the same whatever becomes of the line; in one process, in turn.
 *
 * @param <R> what is measured once
 */
final class CostsCommand<R> {
    private static final String USAGE = """
            Usage: benchmarks/%1$s [option]...
            %2$s
            Progress goes to standard error, the report to standard output.

              --events N         lines of each log (%3$d)
              --repetitions N    how often all is measured, after once that does not count (%4$d)
              --directory DIR    where the logs are written (benchmarks/target/%1$s); they are removed again
              --help             prints this
            """;

    private static final int USAGE_STATUS = 2;

    private final String name;
    private final String purpose;
    private final Costs<R> costs;
    private final PrintStream out;
    private final PrintStream progress;
    private final byte[] line = SampleEvent.alice().line().getBytes(StandardCharsets.UTF_8);
    private long events;
    private int repetitions = 5;
    private Path directory;

    /**
     * A command.
     *
     * @param purpose what it measures, a sentence
     * @param events how many, unless the command line says
     */
    CostsCommand(String name, String purpose, long events, Costs<R> costs, PrintStream out, PrintStream progress) {
        this.name = name;
        this.purpose = purpose;
        this.events = events;
        this.costs = costs;
        this.out = out;
        this.progress = progress;
        this.directory = FreshJvm.ofThisBuild().buildDirectory().resolve(name);
    }

    /** The exit status: 0, or 2 if the command line is wrong. */
    int run(List<String> arguments)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        if (arguments.contains("--help")) {
            out.print(USAGE.formatted(name, purpose, events, repetitions));
            return 0;
        }
        try {
            parse(arguments);
        } catch (UsageException e) {
            progress.println("benchmarks/" + name + ": " + e.getMessage());
            return USAGE_STATUS;
        }
        Path logs = Files.createTempDirectory(Files.createDirectories(directory), "run-");
        Machine machine = Machine.of(logs);
        Repetitions<R> measured = new Repetitions<>();
        for (int repetition = 0; repetition <= repetitions; repetition++) {
            progress.println(
                    repetition == 0 ? "Warming up ..." : "Repetition %d of %d ...".formatted(repetition, repetitions));
            R once = costs.measure(logs, line, events);
            if (repetition > 0) {
                measured.add(once);
            }
            Removal.of(logs);
            Files.createDirectory(logs);
        }
        Removal.of(logs);
        out.print(heading(machine, measured) + costs.markdown(measured));
        return 0;
    }

    private String heading(Machine machine, Repetitions<R> measured) {
        return "%,d lines of %d bytes in each log; %d cores (%s), %s memory, %s, %s, %s\n\nMedian (lowest..highest) of %d repetitions.\n\n"
                .formatted(
                        events,
                        line.length,
                        machine.cores(),
                        machine.processor(),
                        machine.memory(),
                        machine.kernel(),
                        machine.jdk(),
                        machine.fileSystem(),
                        measured.count());
    }

    private void parse(List<String> arguments) throws UsageException {
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--events" -> events = Options.number(option, Options.value(option, left), Integer.MAX_VALUE);
                case "--repetitions" -> repetitions = Options.number(option, Options.value(option, left), 1000);
                case "--directory" -> directory = Path.of(Options.value(option, left));
                default -> throw new UsageException("unknown option " + option + "; see --help");
            }
        }
    }
}
