package dev.affidavit.acceptance;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.syslog.RsyslogServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * An application whose rsyslog is away for an hour of simulated time while it records a backlog, and what came of it.
 *
 * <p>rsyslog is stopped when it has all that was recorded so far: over plain TCP nobody can tell what a receiver that ends
 * had not read.
 */
final class OutageRun {
    /** Much longer than any step takes; what hangs ends at the test's own limit. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private static final String HEAP = "-Xmx64m";
    private static final String STATE = "\"event_type\":\"AUDIT_FORWARDER_STATE\"";

    private final Framework framework;
    private final Path directory;
    private final Path answers;

    OutageRun(Framework framework, Path directory) {
        this.framework = framework;
        this.directory = directory;
        this.answers = directory.resolve("answers");
    }

    Outcome run(int backlog, String maxFileSize) throws IOException {
        try (RsyslogServer rsyslog = RsyslogServer.startForMany(Files.createDirectory(directory.resolve("rsyslog")));
                ChildJvm application = start(backlog, maxFileSize, rsyslog.port())) {
            order(application, OutageApplication.RECORD_BEFORE);
            awaitAll(rsyslog);
            rsyslog.stop();
            order(application, OutageApplication.RECORD_BACKLOG);
            rsyslog.start();
            order(application, OutageApplication.DRAIN);
            application.closeInput();
            application.awaitExit(LIMIT);
            awaitAll(rsyslog);
            rsyslog.stop();
            return outcome(rsyslog.received());
        }
    }

    private ChildJvm start(int backlog, String maxFileSize, int port) throws IOException {
        Path services = Files.createDirectories(directory.resolve("first").resolve("META-INF/services"));
        Files.writeString(
                services.resolve("dev.affidavit.spi.ForwardingEngine"), "dev.affidavit.forward.SimulatedEngine\n");
        return framework
                .application(OutageApplication.class, directory, maxFileSize, port)
                .withFirst(directory.resolve("first"))
                .option(HEAP)
                .option("-XX:TieredStopAtLevel=4") // it lives long enough for that
                .argument(backlog)
                .start(answers, directory.resolve("errors"));
    }

    private void order(ChildJvm application, String command) {
        application.say(command);
        Deadline.await(command, LIMIT, () -> lines(answers).contains(command) || !application.isAlive());
        if (!application.isAlive()) {
            throw new AssertionError("the application ended: " + lines(directory.resolve("errors")));
        }
    }

    /** Lines arrive in order, so the last one is enough. */
    private void awaitAll(RsyslogServer rsyslog) throws IOException {
        List<Path> files = LogFiles.in(directory.resolve("log"));
        String last = lastLine(files.get(files.size() - 1));
        Deadline.await(
                "the last line", LIMIT, () -> lastLine(rsyslog.received()).equals(last));
    }

    /** Empty while there is none, or no file. */
    private static String lastLine(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(4096, reading.length())];
            reading.seek(reading.length() - end.length);
            reading.readFully(end);
            String text = new String(end, StandardCharsets.ISO_8859_1);
            return text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(Path received) throws IOException {
        BitSet numbers = new BitSet();
        List<Integer> twice = new ArrayList<>();
        List<String> states = new ArrayList<>();
        Comparison comparison = Comparison.of(LogFiles.in(directory.resolve("log")), received, line -> {
            int number = EventNumber.in(line);
            if (number >= 0 && numbers.get(number)) {
                twice.add(number);
            } else if (number >= 0) {
                numbers.set(number);
            } else if (line.contains(STATE)) {
                states.add(line);
            }
        });
        LongSummaryStatistics heap = new LongSummaryStatistics();
        Map<String, Long> figures = new HashMap<>();
        for (String line : lines(answers)) {
            String[] figure = line.split(" ", 2);
            if (figure[0].equals("heap")) {
                heap.accept(Long.parseLong(figure[1]));
            } else if (figure.length == 2) {
                figures.put(figure[0], Long.parseLong(figure[1]));
            }
        }
        return new Outcome(
                numbers.cardinality(), numbers.length(), twice, states, comparison, heap, Map.copyOf(figures));
    }

    /**
     * What came of it.
     *
     * @param events numbers that rsyslog has
     * @param numbersUpTo the highest of them, and one
     * @param twiceInLog numbers that the log has more than once
     * @param states the events AUDIT_FORWARDER_STATE
     * @param received how rsyslog's lines compare with the log's
     * @param heap what lived after each of the full collections
     * @param figures what the application says
     */
    record Outcome(
            int events,
            int numbersUpTo,
            List<Integer> twiceInLog,
            List<String> states,
            Comparison received,
            LongSummaryStatistics heap,
            Map<String, Long> figures) {
        long figure(String name) {
            Long value = figures.get(name);
            if (value == null) {
                throw new AssertionError("the application does not say " + name + ": " + figures);
            }
            return value;
        }

        @Override
        public String toString() {
            long drainMillis = figure(OutageApplication.DRAIN + "-millis");
            long delivered = figure("delivered") - OutageApplication.BEFORE;
            return ("%d events, recorded in %d ms; %d MB behind, the oldest event %d s old, %d attempts failed; delivered in %d ms, %d/s;"
                            + " %d lines at rsyslog, gone back %d times, %d repeats; %d samples of the live heap: %.1f to %.1f MB (%s)")
                    .formatted(
                            events,
                            figure(OutageApplication.RECORD_BACKLOG + "-millis"),
                            figure("lagBytes") >> 20,
                            figure("lagSeconds"),
                            figure("failures"),
                            drainMillis,
                            delivered * 1000 / drainMillis,
                            received.lines(),
                            received.timesGoneBack(),
                            received.repeats(),
                            heap.getCount(),
                            heap.getMin() / 1048576.0,
                            heap.getMax() / 1048576.0,
                            HEAP);
        }
    }
}
