package dev.affidavit.acceptance;

import dev.affidavit.testkit.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of {@link FaultApplication}, in a directory of its own. */
final class FaultRun {
    /** Far beyond what a run takes, whatever it meets. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path directory;

    private FaultRun(Path directory) {
        this.directory = directory;
    }

    /** In a directory that is made for it. */
    static FaultRun in(Path directory) throws IOException {
        return new FaultRun(Files.createDirectories(directory));
    }

    /** The same, with the log that another run left, its notebook and its ledger. */
    static FaultRun after(FaultRun earlier, Path directory) throws IOException {
        FaultRun run = in(directory);
        try (Stream<Path> files = Files.walk(earlier.log())) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, run.log().resolve(earlier.log().relativize(file).toString()));
            }
        }
        Files.copy(earlier.ledger(), run.ledger());
        Files.copy(earlier.notebook(), run.notebook());
        return run;
    }

    Path log() {
        return directory.resolve("log");
    }

    Path ledger() {
        return directory.resolve("ledger");
    }

    Path notebook() {
        return directory.resolve("notebook");
    }

    /** The system calls that were made below the log's directory: what each met, its name, its number, the path. */
    List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"), StandardCharsets.UTF_8);
    }

    List<String> errors() throws IOException {
        return Files.readAllLines(directory.resolve("errors"), StandardCharsets.UTF_8);
    }

    /** Leaves half a line at the end of the log, as a kill does. */
    void tear() throws IOException {
        List<Path> files = LogFiles.in(log());
        Files.writeString(files.get(files.size() - 1), "{\"id\":\"evt_17", StandardOpenOption.APPEND);
    }

    /**
     * Runs the application to its end.
     *
     * @return its exit status
     * @throws AssertionError if it does not end
     */
    int run(int number, FaultProgram program, Fault fault) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("bufferSize", "4");
        options.put("flushInterval", "1h");
        options.put("diskReserve", "8KB");
        options.put("diskWarning", "0B");
        ChildJvm.Builder application = Framework.LOG4J2
                .configure(program.start(), directory, log(), "2KB", options, 1)
                .option("-Dacceptance.maxFiles=3")
                .option("-Dacceptance.to=" + NotebookProvider.NAME)
                .option("-D%s=%s".formatted(NotebookProvider.FILE, notebook()))
                .option("-Xmx64m")
                .environment("LD_PRELOAD", program.injector().toString())
                .environment("FAULT_DIR", log().toString())
                .environment("FAULT_LOG", directory.resolve("calls").toString())
                .environment("FAULT_CALL", fault.call())
                .environment("FAULT_AT", Integer.toString(fault.at()))
                .environment("FAULT_KIND", fault.kind().name())
                .argument(number);
        try (ChildJvm child = application.start(ledger(), directory.resolve("errors"))) {
            return child.awaitExit(LIMIT);
        }
    }
}
