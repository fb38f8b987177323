package dev.affidavit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.FakeBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SubmissionTest {
    @Test
    void shouldFailAtOnceWithoutALoggingFramework() {
        PendingReceipt receipt = new PendingReceipt();
        AuditEvent event = AuditEvent.builder(EventType.AUTH_FAILURE).build();
        Submission submission = new Submission(null, "security", event, receipt, Duration.ofHours(1));

        assertThatThrownBy(submission::run)
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("no logging framework: put affidavit-logback with logback-classic, or"
                        + " affidavit-log4j2 with log4j-core, on the class path");
    }

    @Test
    void shouldPassOverABackendThatCannotBeLoaded() {
        // The test's services name one that is not there before the fake one.
        assertThat(Backends.current()).isInstanceOf(FakeBackend.class);
    }

    @Test
    void shouldNotTakeSlf4jWithoutAProviderForAFramework() {
        assertThat(new Slf4jBackend().isActive()).isFalse();
    }
}
