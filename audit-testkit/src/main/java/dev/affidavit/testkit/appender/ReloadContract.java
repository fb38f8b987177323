package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What reconfigurations under load may do to AuditLogger's calls: nothing. And what they do to those of plain loggers. */
public abstract class ReloadContract {
    private static final int THREADS = 4;
    /** So that each reload meets callers at work, and not in their wait for the one before. */
    private static final int CALLS_BETWEEN = 500;
    /** Of a plain logger's thread, so that what it loses tells how long it would have. */
    private static final Duration PAUSE = Duration.ofNanos(100_000);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;

    protected ReloadContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    @AfterEach
    void unconfigure() {
        framework.unconfigure();
    }

    @Test
    void shouldRecordEachCallExactlyOnceWhileItIsReconfigured() {
        reload(25);
    }

    @Tag("campaign")
    @Test
    void shouldRecordEachCallExactlyOnceWhileItIsReconfiguredAThousandTimes() {
        reload(1000);
    }

    private void reload(int times) {
        LogFile log = new LogFile(temporary.resolve("log"));
        Setup setup = Setup.in(log.directory()).with("maxFiles", "100000");
        framework.configure(setup);

        try (Load audit = Load.start(AuditLogger.get("security").withReceiptTimeout(LIMIT), THREADS);
                Load plain = Load.start(LoggerFactory.getLogger("app"), THREADS, PAUSE)) {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                framework.configure(setup.with("service", "service-" + i));
                int goal = audit.returned() + CALLS_BETWEEN;
                Deadline.await(CALLS_BETWEEN + " calls return", LIMIT, () -> audit.returned() >= goal);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            audit.stop();
            plain.stop();

            Map<String, Integer> found = log.eventsByUser();
            System.out.printf(
                    "%s: %d reloads in %s; AuditLogger: %d calls returned, %d failed, %d not in the log;"
                            + " plain loggers: %d calls returned, %d failed, %d not in the log; %d events more than once%n",
                    getClass().getSimpleName(),
                    times,
                    took,
                    audit.returned(),
                    audit.failures().size(),
                    audit.missing(found).size(),
                    plain.returned(),
                    plain.failures().size(),
                    plain.missing(found).size(),
                    Load.repeated(found).size());
            assertThat(audit.failures()).isEmpty();
            assertThat(audit.missing(found)).isEmpty();
            assertThat(Load.repeated(found)).isEmpty();
            if (framework.keepsCallsWhileItIsReconfigured()) {
                assertThat(plain.failures()).isEmpty();
                assertThat(plain.missing(found)).isEmpty();
            }
        }
    }
}
