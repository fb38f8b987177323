package dev.affidavit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.FakeBackend;
import dev.affidavit.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class AuditLoggerTest {
    private static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(Duration.ofMinutes(2));
    private static final AuditLogger IMPATIENT = AUDIT.withReceiptTimeout(Duration.ofMillis(60));

    @AfterEach
    void reset() {
        FakeBackend.reset();
    }

    private static Receipt receipt(AuditEvent event) {
        return event.receipt().orElseThrow();
    }

    private static void login(AuditLogger logger) {
        logger.event(EventType.AUTH_FAILURE).username("bob").failed("AUTH-001").log();
    }

    @Test
    void shouldSayTheEventAndReturnWhenItIsRecorded() {
        List<AuditEvent> events = new ArrayList<>();
        FakeBackend.appender(event -> {
            events.add(event);
            receipt(event).recorded();
        });
        Instant before = Instant.now();

        login(AUDIT);
        AUDIT.record(EventType.AUTH_SUCCESS, event -> event.username("alice").port(5432));
        AUDIT.record(AuditEvent.builder(EventType.ACCESS_DENIED)
                .timestamp(Instant.EPOCH)
                .build());

        assertThat(FakeBackend.calls()).isEqualTo(3);
        assertThat(events.get(0).username()).isEqualTo("bob");
        assertThat(events.get(0).success()).isFalse();
        assertThat(events.get(0).errorCode()).isEqualTo("AUTH-001");
        assertThat(events.get(0).timestamp()).isBetween(before, Instant.now());
        assertThat(events.get(1).type()).isEqualTo(EventType.AUTH_SUCCESS);
        assertThat(events.get(1).port()).isEqualTo(5432);
        assertThat(events.get(2).timestamp()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldThrowWhatTheAppenderSays() {
        AuditException cause = new AuditException("disk full");
        FakeBackend.appender(event -> receipt(event).failed(cause));

        assertThatThrownBy(() -> login(AUDIT))
                .isInstanceOf(AuditException.class)
                .hasMessage("disk full")
                .hasCause(cause);
        assertThat(FakeBackend.calls()).isEqualTo(1);
    }

    @Test
    void shouldReturnWhenThePolicyLetsTheEventGo() {
        FakeBackend.appender(event -> receipt(event).lost());

        assertThatCode(() -> login(AUDIT)).doesNotThrowAnyException();
    }

    @Test
    void shouldThrowTheLikelyCausesIfNobodyAnswers() {
        FakeBackend.obstacles("its level is error", "no appender is attached");

        assertThatThrownBy(() -> login(IMPATIENT))
                .isInstanceOf(AuditException.class)
                .hasMessage("audit event AUTH_FAILURE to logger 'security' not recorded within PT0.06S:"
                        + " its level is error; no appender is attached");
    }

    @Test
    void shouldRepeatWhatNobodyAnswered() {
        FakeBackend.appender(event -> {
            if (FakeBackend.calls() == 3) {
                receipt(event).recorded();
            }
        });
        login(AUDIT);
        assertThat(FakeBackend.calls()).isEqualTo(3);
    }

    @Test
    void shouldSayWhereToLookIfNothingIsSeen() {
        assertThatThrownBy(() -> login(IMPATIENT))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("no audit appender confirmed it");
    }

    @Test
    void shouldAskOnceAndNotWaitWithATimeoutOfZero() {
        assertThatThrownBy(() -> login(AUDIT.withReceiptTimeout(Duration.ZERO))).isInstanceOf(AuditException.class);

        assertThat(FakeBackend.calls()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnyTimeoutThatIsNotNegative() {
        FakeBackend.appender(event -> receipt(event).recorded());

        assertThatCode(() -> login(AUDIT.withReceiptTimeout(ChronoUnit.FOREVER.getDuration())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> AUDIT.withReceiptTimeout(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("receipt timeout");
    }

    @Test
    void shouldWaitForAnAnswerOfAnotherThread() throws InterruptedException {
        BlockingQueue<AuditEvent> queue = new LinkedBlockingQueue<>();
        FakeBackend.appender(queue::add);
        Thread worker = new Thread(() -> take(queue).receipt().orElseThrow().recorded());
        worker.start();

        login(AUDIT);

        worker.join();
    }

    @Test
    void shouldLetAnAppenderTellRepeatsFromTheEvent() throws InterruptedException {
        BlockingQueue<AuditEvent> queue = new LinkedBlockingQueue<>();
        AtomicInteger recorded = new AtomicInteger();
        FakeBackend.appender(queue::add);
        Object sink = "sink";
        Thread worker = new Thread(() -> {
            List<AuditEvent> waiting = List.of(take(queue), take(queue), take(queue));
            for (AuditEvent event : waiting) {
                if (receipt(event).claim(sink)) {
                    recorded.incrementAndGet();
                    receipt(event).recorded();
                }
            }
        });
        worker.start();

        login(AUDIT);

        worker.join();
        assertThat(recorded).hasValue(1);
    }

    @Test
    void shouldRepeatWhatASinkGaveBack() {
        AtomicInteger calls = new AtomicInteger();
        FakeBackend.appender(event -> {
            assertThat(receipt(event).claim("sink")).isTrue();
            if (calls.incrementAndGet() < 3) {
                receipt(event).release("sink");
            } else {
                receipt(event).recorded();
            }
        });

        login(AUDIT);

        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldLetTwoSinksRecordAnEventEach() {
        FakeBackend.appender(event -> {
            assertThat(receipt(event).claim("one")).isTrue();
            assertThat(receipt(event).claim("two")).isTrue();
            assertThat(receipt(event).claim("one")).isFalse();
            receipt(event).recorded();
        });

        login(AUDIT);
    }

    @Test
    void shouldThrowIfOneOfTwoSinksFails() {
        FakeBackend.appender(event -> {
            receipt(event).recorded();
            receipt(event).failed(new AuditException("second disk full"));
            receipt(event).recorded();
        });

        assertThatThrownBy(() -> login(AUDIT))
                .isInstanceOf(AuditException.class)
                .hasMessage("second disk full");
    }

    @Test
    void shouldNotWaitForAFrameworkThatWasShutDown() {
        FakeBackend.shutDown();

        assertThatThrownBy(() -> login(AUDIT.withReceiptTimeout(Duration.ofHours(1))))
                .isInstanceOf(AuditException.class)
                .hasMessageEndingWith(": Fake was shut down");
        assertThat(FakeBackend.calls()).isEqualTo(1);
    }

    @Test
    void shouldReturnIfAnotherAppenderThrowsBehindTheRecord() {
        FakeBackend.appender(event -> {
            receipt(event).recorded();
            throw new IllegalStateException("console is gone");
        });

        assertThatCode(() -> login(AUDIT)).doesNotThrowAnyException();
    }

    @Test
    void shouldGoOnIfAnAppenderThrowsThatIsBeingReplaced() {
        AtomicInteger calls = new AtomicInteger();
        FakeBackend.appender(event -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("stopped");
            }
            receipt(event).recorded();
        });

        login(AUDIT);

        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldSayWhatWasThrownIfNobodyAnswers() {
        IllegalStateException thrown = new IllegalStateException("console is gone");
        FakeBackend.appender(event -> {
            throw thrown;
        });

        assertThatThrownBy(() -> login(IMPATIENT))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("logging it failed with java.lang.IllegalStateException: console is gone")
                .hasCause(thrown);
    }

    @Test
    void shouldNeitherHeedNorLoseAnInterrupt() throws InterruptedException {
        BlockingQueue<AuditEvent> queue = new LinkedBlockingQueue<>();
        FakeBackend.appender(queue::add);
        Thread worker = new Thread(() -> {
            take(queue);
            receipt(take(queue)).recorded();
        });
        worker.start();
        Thread.currentThread().interrupt();

        login(AUDIT);

        assertThat(Thread.interrupted()).isTrue();
        worker.join();
    }

    @Test
    void shouldTellTheCallerOfFieldsThatAreWrong() {
        assertThatThrownBy(() -> AUDIT.record(EventType.AUTH_SUCCESS, event -> event.port(65_536)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: expected 0 to 65535, found 65536");
        assertThat(FakeBackend.calls()).isZero();
    }

    private static AuditEvent take(BlockingQueue<AuditEvent> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNotLetAnEventBeRecordedAfterItsCallFailed() {
        List<AuditEvent> queue = new ArrayList<>();
        FakeBackend.appender(queue::add);

        assertThatThrownBy(() -> login(IMPATIENT)).isInstanceOf(AuditException.class);

        assertThat(receipt(queue.get(0)).claim("a sink that comes late")).isFalse();
    }
}
