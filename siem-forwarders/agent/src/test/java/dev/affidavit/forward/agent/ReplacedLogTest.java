package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another log where the forwarded one was: a restored backup, or a new beginning. */
@Timeout(600)
final class ReplacedLogTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final RecordingStatus status = new RecordingStatus();
    /** Each line, behind the name of the log that it came under. */
    private final List<String> got = new CopyOnWriteArrayList<>();

    private String write(int from, int to) {
        try (SampleLog log = SampleLog.in(directory.resolve("log"))) {
            log.appendEvents(from, to);
            return log.id();
        }
    }

    private static List<String> events(String logId, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> logId + " " + SampleLog.event(i))
                .toList();
    }

    @Test
    void shouldForwardTheNewLogUnderItsOwnName() throws Exception {
        AgentConfig config = new AgentConfig(
                directory.resolve("log"),
                "",
                null,
                Duration.ZERO,
                List.of(ForwarderConfig.of("soc", new Memory())),
                null);
        Agent agent = new Agent(config, status, InstantSource.system());
        String first = write(0, 10);
        Thread running = new Thread(() -> {
            try {
                agent.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        running.start();
        try {
            Deadline.await("the first log", SOON, () -> got.size() == 10);

            Files.move(directory.resolve("log"), directory.resolve("old"));
            String second = write(10, 15);
            Deadline.await("the second log", SOON, () -> got.size() == 15);

            assertThat(got.subList(0, 10)).isEqualTo(events(first, 0, 10));
            assertThat(got.subList(10, 15)).isEqualTo(events(second, 10, 15));
            assertThat(status.messages())
                    .contains(
                            "WARN %s was replaced: it holds another log now than %s. The forwarders begin anew with that one."
                                    .formatted(directory.resolve("log"), first));
        } finally {
            agent.stop();
            running.join();
        }
    }

    private final class Memory implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) {
            return new Destination() {
                @Override
                public Delivery deliver(List<ForwardedLine> lines) {
                    for (ForwardedLine line : lines) {
                        got.add(log.logId() + " " + new String(line.json(), StandardCharsets.UTF_8));
                    }
                    return Delivery.ofAll(lines);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String toString() {
            return "memory";
        }
    }
}
