package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditLogger;
import dev.affidavit.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reconfigurations under load may do to AuditLogger's calls: nothing. */
public abstract class ReloadContract {
    private static final int RELOADS = 25;
    private static final int THREADS = 4;
    /** So that each reload meets callers at work, and not in their wait for the one before. */
    private static final int CALLS_BETWEEN = 500;

    private static final Duration LIMIT = Duration.ofSeconds(20);

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
        LogFile log = new LogFile(temporary.resolve("log"));
        Setup setup = Setup.in(log.directory());
        framework.configure(setup);

        try (Load load = Load.start(AuditLogger.get("security"), THREADS)) {
            for (int i = 0; i < RELOADS; i++) {
                framework.configure(setup.with("service", "service-" + i));
                int goal = load.returned() + CALLS_BETWEEN;
                Deadline.await(CALLS_BETWEEN + " calls return", LIMIT, () -> load.returned() >= goal);
            }
            load.stop();

            assertThat(load.failures()).isEmpty();
            load.requireExactlyOnce(log);
        }
    }
}
