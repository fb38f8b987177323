package dev.affidavit.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command {@code benchmarks/run}. */
final class Benchmarks {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream progress;

    Benchmarks(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new Benchmarks(System.out, System.err).run(List.of(args)));
    }

    /** The exit status: 0 if every line of every run was there, 1 if not, 2 if the command line is wrong. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        try {
            if (arguments.contains("--help")) {
                out.print(Options.USAGE);
            } else if (arguments.contains("--list")) {
                Configuration.all(List.of(1)).forEach(configuration -> out.println(configuration.name()));
            } else {
                measure(Options.parse(arguments), arguments);
            }
            return 0;
        } catch (UsageException e) {
            progress.println("benchmarks/run: " + e.getMessage());
            return USAGE;
        } catch (BenchmarkException e) {
            progress.println();
            progress.println("benchmarks/run: " + e.getMessage());
            return FAILURE;
        }
    }

    private void measure(Options options, List<String> arguments)
            throws IOException, InterruptedException, UsageException, BenchmarkException {
        List<Configuration> configurations = options.configurations();
        FreshJvm jvm = FreshJvm.ofThisBuild();
        Path directory = Files.createDirectories(
                options.directory() == null ? jvm.buildDirectory().resolve("runs") : options.directory());
        Machine machine = Machine.of(directory);
        Campaign campaign = new Campaign(
                options, configurations, jvm, new Progress(progress, options.repetitions(), configurations.size()));
        Results results = campaign.run(directory.toRealPath());
        Report report = new Report(
                ("benchmarks/run " + String.join(" ", arguments)).strip(),
                System.getProperty("benchmarks.version", "version unknown"),
                FreshJvm.OPTIONS,
                machine,
                results.rows());
        out.print(report.markdown());
        if (options.json() != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                    .writeValue(options.json().toFile(), report);
        }
    }
}
