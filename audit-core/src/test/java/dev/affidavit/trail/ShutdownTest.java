package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.spi.FakeBackend;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.ShutdownHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy {@code shutdown}: when the handler is called, and what becomes of the call that failed. */
@Timeout(600)
final class ShutdownTest {
    private static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(Duration.ZERO);

    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void prepare() {
        log = new TestLog(directory.resolve("log")).with("onFailure", "shutdown");
    }

    @AfterEach
    void reset() throws InterruptedException {
        FakeBackend.reset();
        TestLog.awaitHandlers();
    }

    private static void login() {
        AUDIT.event(EventType.AUTH_FAILURE).username("bob").log();
    }

    private static void fail(AuditSink sink) {
        assertThatThrownBy(() -> sink.accept(FakeCall.of("x")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("something is wrong");
    }

    @Test
    void shouldFailTheCallIfTheHandlerReturns() throws InterruptedException {
        try (AuditSink sink = log.open("something is wrong")) {
            FakeBackend.appender(event -> sink.accept(FakeCall.of(event)));

            fail(sink);
            TestLog.awaitHandlers(); // a call waits for one no longer than some seconds
            assertThatThrownBy(ShutdownTest::login)
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("something is wrong");
        }

        TestLog.awaitHandlers();
        assertThat(log.shutdowns)
                .hasSize(2)
                .allSatisfy(reason -> assertThat(reason).contains("something is wrong"));
    }

    @Test
    void shouldNotEndTheApplicationForCallsThatComeAfterTheSinkWasClosed() {
        AuditSink sink = log.open();
        sink.close();

        assertThatThrownBy(() -> sink.accept(FakeCall.of("x"))).isInstanceOf(AuditException.class);
        sink.accept(FakeCall.of("x").onAnotherThread());
        assertThat(log.shutdowns).isEmpty();

        log.open().close();
        assertThat(log.only("AUDIT_EVENTS_LOST").at("/details/count").intValue())
                .as("nobody was told of the second")
                .isEqualTo(1);
    }

    @Test
    void shouldThrowNothingOnTheThreadOfAnAsynchronousStageAndNotHoldItUp() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (AuditSink sink = log.endingBy(cause -> await(end)).open("something is wrong")) {
            assertThatCode(() -> sink.accept(FakeCall.of("x").onAnotherThread()))
                    .doesNotThrowAnyException();
            FakeBackend.appender(event -> sink.accept(FakeCall.of(event).onAnotherThread()));
            assertThatThrownBy(ShutdownTest::login).hasMessageContaining("something is wrong");
        } finally {
            end.countDown();
        }
    }

    @Test
    void shouldCallTheHandlerOnceAtATimeWhateverTheNumberOfThreads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (AuditSink sink = log.endingBy(cause -> {
                    log.shutdowns.add("called");
                    await(end);
                })
                .open("something is wrong")) {
            List<Thread> threads = IntStream.range(0, 16)
                    .mapToObj(i -> new Thread(() -> {
                        try {
                            sink.accept(FakeCall.of("x"));
                        } catch (AuditException e) {
                            failures.add(String.valueOf(e.getMessage()));
                        }
                        if (failures.size() == 16) { // also the one that waits for the handler: some seconds at most
                            end.countDown();
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(failures).hasSize(16);
        assertThat(log.shutdowns).hasSize(1);
    }

    @Test
    void shouldNotCallTheHandlerForWhatItLogsItself() throws InterruptedException {
        AuditSink[] sink = new AuditSink[1];
        log.endingBy(cause -> {
            log.shutdowns.add("called");
            sink[0].accept(FakeCall.of("the application ends"));
        });
        sink[0] = log.open("something is wrong");

        fail(sink[0]);

        TestLog.awaitHandlers();
        sink[0].close();
        assertThat(log.shutdowns).hasSize(1);
        assertThat(log.status.errors).last().asString().contains("shutdown handler", "something is wrong");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotLetTheHandlerHideTheFailure(boolean isError) throws InterruptedException {
        log.endingBy(cause -> {
            if (isError) {
                throw new NoClassDefFoundError("of the handler");
            }
            throw new IllegalStateException("of the handler");
        });
        try (AuditSink sink = log.open("something is wrong")) {
            fail(sink);
        }

        TestLog.awaitHandlers();
        assertThat(log.status.errors).last().asString().contains("shutdown handler", "of the handler");
    }

    @Test
    void shouldKeepTheInterruptOfACallerThatWaitsForTheHandler() {
        CountDownLatch called = new CountDownLatch(1);
        ShutdownHandler slow = cause -> {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            called.countDown();
        };
        try (AuditSink sink = log.endingBy(slow).open("something is wrong")) {
            Thread.currentThread().interrupt();
            long from = System.nanoTime();
            fail(sink);

            assertThat(called.getCount() == 0 || System.nanoTime() - from >= ApplicationEnd.LIMIT.toNanos())
                    .as("it waits for the handler, or as long as it may")
                    .isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldSayWhatAnAsynchronousStageLostIfTheApplicationGoesOn() {
        log.with("name", "shutdown-lost")
                .open("something is wrong")
                .accept(FakeCall.of("x").onAnotherThread());

        log.open().close();

        assertThat(log.only("AUDIT_EVENTS_LOST").at("/details/count").intValue())
                .isEqualTo(1);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
