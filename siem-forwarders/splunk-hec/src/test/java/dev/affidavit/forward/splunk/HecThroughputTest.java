package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.RunningForwarder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much processor an event costs here. The fake says nothing of how fast a Splunk is. */
@Tag("campaign")
@Timeout(600)
final class HecThroughputTest {
    private static final int EVENTS = Integer.getInteger("affidavit.events", 100_000);
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final double NANOS = 1e9;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"gzip, false", "none, false", "gzip, true"})
    void shouldTellWhatAnEventCosts(String compression, boolean acknowledged) throws Exception {
        try (FakeProcess splunk = new FakeProcess(Files.createDirectory(directory.resolve("splunk")), acknowledged);
                SampleLog log = SampleLog.in(directory.resolve("log"))) {
            log.appendEvents(0, EVENTS);
            Map<String, String> options = new HashMap<>(splunk.options(splunk.port(), Duration.ofSeconds(30)));
            options.put("compression", compression);
            forward(splunk, log, options);
        }
    }

    private void forward(FakeProcess splunk, SampleLog log, Map<String, String> options) {
        long start = System.nanoTime();
        long startCpu = cpuNanos();
        try (RunningForwarder forwarder =
                RunningForwarder.start(log.directory(), log.id(), splunk.provider(), options, new RecordingStatus())) {
            Deadline.await(
                    "all are delivered", LIMIT, () -> forwarder.statistics().delivered() == EVENTS);
            double seconds = (System.nanoTime() - start) / NANOS;
            double cpu = (cpuNanos() - startCpu) / NANOS;
            assertThat(splunk.count()).isEqualTo(EVENTS);
            System.out.printf(
                    "%s, ack=%s: %d events to the fake in %.2f s, %.0f per second, %.0f per CPU second of this JVM%n",
                    options.get("compression"),
                    options.getOrDefault("ack", "false"),
                    EVENTS,
                    seconds,
                    EVENTS / seconds,
                    EVENTS / cpu);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
