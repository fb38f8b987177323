package dev.affidavit.benchmarks;

import dev.affidavit.store.SealOptions;
import dev.affidavit.store.SealPins;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code benchmarks/seals}: the store without framework and encoder, since these cost the same with seals and
 * without; in one process, in turn.
 */
final class SealCosts {
    private static final String USAGE = """
            Usage: benchmarks/seals [option]...
            Measures what a seal costs for each event, and how fast a log is verified, beside SHA-256 of the same bytes.
            Progress goes to standard error, the report to standard output.

              --events N         lines of each log (2000000)
              --repetitions N    how often all is measured, after once that does not count (5)
              --directory DIR    where the logs are written (benchmarks/target/seals); they are removed again
              --help             prints this
            """;

    private static final List<Integer> THREADS = List.of(1, 8);
    private static final SealOptions SEAL = SealOptions.of("benchmark");
    private static final int USAGE_STATUS = 2;

    private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    private final RawHash raw = RawHash.sha256();
    private final byte[] line = SampleEvent.alice().line().getBytes(StandardCharsets.UTF_8);
    private final PrintStream out;
    private final PrintStream progress;
    private long events = 2_000_000;
    private int repetitions = 5;
    private Path directory = FreshJvm.ofThisBuild().buildDirectory().resolve("seals");

    SealCosts(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) throws Exception {
        System.exit(new SealCosts(System.out, System.err).run(List.of(args)));
    }

    /** The exit status: 0, or 2 if the command line is wrong. */
    int run(List<String> arguments) throws IOException, InterruptedException, ExecutionException, DigestException {
        if (arguments.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        try {
            parse(arguments);
        } catch (UsageException e) {
            progress.println("benchmarks/seals: " + e.getMessage());
            return USAGE_STATUS;
        }
        Path logs = Files.createTempDirectory(Files.createDirectories(directory), "run-");
        SealReport report = new SealReport(events, line.length, Machine.of(logs));
        for (int repetition = 0; repetition <= repetitions; repetition++) {
            progress.println(
                    repetition == 0 ? "Warming up ..." : "Repetition %d of %d ...".formatted(repetition, repetitions));
            SealReport.Repetition measured = measure(logs);
            if (repetition > 0) {
                report.add(measured);
            }
        }
        Removal.of(logs);
        out.print(report.markdown());
        return 0;
    }

    private SealReport.Repetition measure(Path logs)
            throws IOException, InterruptedException, ExecutionException, DigestException {
        Cost lines = raw.ofLines(line, events);
        Map<Integer, SealReport.Written> written = new TreeMap<>();
        for (int threads : THREADS) {
            Cost plain = write(Files.createTempDirectory(logs, "plain-"), threads, null)
                    .cost();
            Cost sealed = write(Files.createTempDirectory(logs, "sealed-"), threads, SEAL)
                    .cost();
            written.put(threads, new SealReport.Written(plain, sealed));
        }
        WrittenLog log = write(Files.createTempDirectory(logs, "verified-"), 1, SEAL);
        Cost files = raw.ofFiles(log.segments(), events);
        Cost verified = verify(log);
        Removal.of(logs);
        Files.createDirectory(logs);
        return new SealReport.Repetition(lines, written, files, verified);
    }

    private WrittenLog write(Path log, int threads, @Nullable SealOptions seal)
            throws IOException, InterruptedException, ExecutionException {
        return WrittenLog.write(log, line, events, threads, seal);
    }

    private Cost verify(WrittenLog log) throws IOException {
        SealPins keys = Objects.requireNonNull(log.pins());
        Pins pins = new Pins(List.of(keys.logKey(), Objects.requireNonNull(keys.firstEpoch())));
        long cpu = thread.getCurrentThreadCpuTime();
        long started = System.nanoTime();
        Verification verification =
                LogVerifier.of(log.directory()).pinned(pins).threads(1).verify();
        Cost cost = new Cost(
                events, log.cost().bytes(), System.nanoTime() - started, thread.getCurrentThreadCpuTime() - cpu);
        if (verification.verdict() != Verdict.SEALED || verification.counts().unsealed() > 0) {
            throw new IllegalStateException(log.directory() + ": expected a sealed log, found " + verification);
        }
        return cost;
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
