package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.Options;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.TemporaryDirectory;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many events as a busy day has, to a real server. */
@Tag("campaign")
@Timeout(600)
final class ManyEventsTest {
    private static final int EVENTS = Integer.getInteger("affidavit.events", 100_000);
    private static final int FORWARDERS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final double NANOS = 1e9;

    private final ElasticsearchServer server = TestServer.shared();
    private final String index = TestServer.newIndex();

    @TempDir
    Path directory;

    private Map<String, String> options() {
        return new HashMap<>(Map.of("url", server.url(), "index", index, "installTemplate", "true"));
    }

    @Test
    void shouldStoreEachEventOnceHoweverOftenItComes() throws IOException {
        try (SampleLog log = SampleLog.in(directory.resolve("log"))) {
            log.appendEvents(0, EVENTS);
            forward(log, "for the first time");
            requireEach();
            forgetTheCursor(log);
            forward(log, "again");
            requireEach();
        }
    }

    private void forgetTheCursor(SampleLog log) throws IOException {
        Path cursors = log.directory().resolve(".affidavit").resolve("cursors");
        try (var files = Files.list(cursors)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void requireEach() {
        List<String> stored = StoredLines.textsOf(server.rest().sources(index));
        assertThat(stored).hasSize(EVENTS);
        assertThat(new HashSet<>(stored)
                        .equals(IntStream.range(0, EVENTS)
                                .mapToObj(SampleLog::event)
                                .collect(HashSet::new, HashSet::add, HashSet::addAll)))
                .as("every line byte by byte")
                .isTrue();
    }

    private void forward(SampleLog log, String when) {
        long start = System.nanoTime();
        long startCpu = cpuNanos();
        try (RunningForwarder forwarder = RunningForwarder.start(
                log.directory(), log.id(), new ElasticsearchProvider(), options(), new RecordingStatus())) {
            Deadline.await(
                    "all are delivered", LIMIT, () -> forwarder.statistics().delivered() == EVENTS);
            double seconds = (System.nanoTime() - start) / NANOS;
            double cpu = (cpuNanos() - startCpu) / NANOS;
            assertThat(forwarder.statistics().failures()).isZero();
            System.out.printf(
                    "%s: %d events in %.2f s, %.0f per second, %.0f per CPU second of this JVM%n",
                    when, EVENTS, seconds, EVENTS / seconds, EVENTS / cpu);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Test
    void shouldLoseNothingToAServerThatIsTooBusy() {
        String room = "x".repeat(1000);
        List<SampleLog> logs = new ArrayList<>();
        List<RunningForwarder> forwarders = new ArrayList<>();
        try {
            for (int i = 0; i < FORWARDERS; i++) {
                SampleLog log = SampleLog.in(directory.resolve("log" + i));
                logs.add(log);
                IntStream.range(0, 4000)
                        .mapToObj(SampleLog::event)
                        .map(event -> event.replace("bad password", room))
                        .forEach(log::append);
            }
            for (SampleLog log : logs) {
                forwarders.add(RunningForwarder.start(
                        log.directory(), log.id(), new ElasticsearchProvider(), options(), new RecordingStatus()));
            }
            Deadline.await(
                    "all are delivered",
                    LIMIT,
                    () -> forwarders.stream()
                            .allMatch(forwarder -> forwarder.statistics().delivered() == 4000));

            assertThat(server.rest().count(index)).isEqualTo(FORWARDERS * 4000L);
            assertThat(forwarders)
                    .allSatisfy(forwarder ->
                            assertThat(forwarder.statistics().refused()).isZero());
            String pressure = server.rest().ask("GET", "/_nodes/stats/indexing_pressure", "");
            assertThat(pressure).as("the server did refuse some").containsPattern("rejections\":[1-9]");
            System.out.printf(
                    "%d failures, none of which lost an event%n",
                    forwarders.stream()
                            .mapToLong(forwarder -> forwarder.statistics().failures())
                            .sum());
        } finally {
            forwarders.forEach(RunningForwarder::close);
            logs.forEach(SampleLog::close);
        }
    }

    @Test
    void shouldSendInPartsWhatIsTooMuchAtOnceAndRefuseWhatIsTooMuchByItself() {
        Map<String, String> options = options();
        try (ElasticsearchServer small = ElasticsearchServer.start(
                        TemporaryDirectory.readableByAll("affidavit-elasticsearch"),
                        Map.of("http.max_content_length", "600kb"));
                SampleLog log = SampleLog.in(directory.resolve("log"))) {
            options.put("url", small.url());
            log.appendEvents(0, 5000);
            log.append(SampleLog.event(5000).replace("bad password", "x".repeat(700_000)));
            log.appendEvents(5001, 10_000);
            try (RunningForwarder forwarder = RunningForwarder.start(
                    log.directory(), log.id(), new LargeBatches(), options, new RecordingStatus())) {
                Deadline.await(
                        "all are delivered", LIMIT, () -> forwarder.statistics().delivered() == 9999);
                assertThat(forwarder.statistics().refused()).isOne();
            }
            assertThat(small.rest().count(index)).isEqualTo(9999);
        }
    }

    /** The destination with batches of more than the server takes. */
    private record LargeBatches() implements DestinationProvider {
        @Override
        public String name() {
            return "elasticsearch";
        }

        @Override
        public DestinationFactory configure(Options options) {
            DestinationFactory factory = new ElasticsearchProvider().configure(options);
            return new DestinationFactory() {
                @Override
                public Destination open(LogIdentity log) throws IOException {
                    return factory.open(log);
                }

                @Override
                public BatchLimits batchLimits() {
                    return new BatchLimits(10_000, 4 << 20, Duration.ZERO);
                }
            };
        }
    }
}
