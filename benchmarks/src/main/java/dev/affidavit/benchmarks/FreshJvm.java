package dev.affidavit.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Starts one {@link MeasuredProcess}, with one framework on its class path, and waits for what it measured. */
final class FreshJvm {
    static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    /** Beyond the load itself: start, shutdown, and a device that has fallen behind. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private static final String KEYS_TOLD = " is sealed from here on. ";

    private final Path classes;

    /** @param classes the harness's own classes; the lists of jars are beside them */
    FreshJvm(Path classes) {
        this.classes = classes;
    }

    /** The JVMs of the build that this class comes from. */
    static FreshJvm ofThisBuild() {
        return new FreshJvm(Path.of(FreshJvm.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()));
    }

    /** Where the build put everything. */
    Path buildDirectory() {
        return classes.toAbsolutePath().resolve("..").normalize();
    }

    /**
     * Measures the configuration once.
     *
     * @param directory for everything the process leaves behind
     * @param logs below it, for the log files
     * @throws BenchmarkException if the process fails or does not end
     */
    Measurement measure(Configuration configuration, Times times, Path directory, Path logs)
            throws IOException, InterruptedException, BenchmarkException {
        Path result = directory.resolve("measurement.json");
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command(configuration, times, logs, result))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Duration limit = times.warmUp().plus(times.measured()).plus(GRACE);
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchmarkException("%s: did not end within %s; its output:\n%s"
                        .formatted(configuration, limit, Files.readString(output)));
            }
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        if (process.exitValue() != 0 || !said.lines().allMatch(FreshJvm::isExpected)) {
            throw new BenchmarkException("%s: expected exit status 0 and no warning, found %d and:\n%s"
                    .formatted(configuration, process.exitValue(), said));
        }
        return new ObjectMapper().readValue(result.toFile(), Measurement.class);
    }

    /** The product tells the keys of a new log once. */
    private static boolean isExpected(String line) {
        return line.contains(KEYS_TOLD);
    }

    private List<String> command(Configuration configuration, Times times, Path logs, Path result) throws IOException {
        Contender contender = configuration.contender();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-Dbenchmarks.directory=" + logs);
        command.add(
                "-Dbenchmarks.durability=" + configuration.durability().name().toLowerCase(Locale.ROOT));
        Framework framework = contender.framework();
        String resource = contender.configuration();
        if (framework != null && resource != null) {
            command.addAll(framework.jvmOptions(resource));
        }
        command.add("-cp");
        command.add(classPath(framework == null ? Framework.LOGBACK : framework));
        command.add(MeasuredProcess.class.getName());
        command.add(contender.name());
        command.add(configuration.durability().name());
        command.add(Integer.toString(configuration.threads()));
        command.add(Long.toString(times.warmUp().toMillis()));
        command.add(Long.toString(times.measured().toMillis()));
        command.add(logs.toString());
        command.add(result.toString());
        return command;
    }

    private String classPath(Framework framework) throws IOException {
        return classes
                + File.pathSeparator
                + Files.readString(framework.classPathFile(buildDirectory())).strip();
    }
}
