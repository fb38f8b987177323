package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditEvent;
import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.spi.FakeBackend;
import dev.affidavit.spi.FakeCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AuditLogger with a sink at its other end. */
@Timeout(600)
final class ReceiptTest {
    private static final AuditLogger AUDIT = AuditLogger.get("security").withReceiptTimeout(Duration.ofMinutes(2));

    @TempDir
    Path directory;

    @AfterEach
    void reset() {
        FakeBackend.reset();
    }

    private static void login() {
        AUDIT.event(EventType.AUTH_FAILURE).username("bob").log();
    }

    @Test
    void shouldNotWaitForASinkThatAnErrorEndedOnThisThread() {
        FakeBackend.appender(event -> event.receipt().orElseThrow().claim("sink"));

        assertThatThrownBy(
                        () -> AUDIT.withReceiptTimeout(Duration.ofMinutes(2)).record(EventType.AUTH_FAILURE, e -> {}))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("not known to be recorded: an error ended the call");
        assertThat(FakeBackend.calls()).isEqualTo(1);
    }

    /** Wherever in the log's own code the stack ends. */
    @Test
    @Tag("campaign")
    @Timeout(300)
    void shouldGoOnAfterCallersWhoseStackWasAtItsEnd() throws Exception {
        TestLog log = new TestLog(directory);
        try (AuditSink sink = log.open()) {
            FakeBackend.appender(event -> sink.accept(FakeCall.of(event)));
            login();
            for (int i = 0; i < 200; i++) {
                FutureTask<Integer> caller = new FutureTask<>(() -> loginAtTheEnd(0));
                new Thread(null, caller, "deep", 256 * 1024).start();
                caller.get(60, TimeUnit.SECONDS);
            }
            login();

            assertThat(log.events("AUTH_FAILURE")).hasSizeGreaterThan(200); // and every line is one that can be read
        }
    }

    /** Records at ever deeper places until there is none left, and then in each of the last ones again. */
    @SuppressWarnings("InfiniteRecursion")
    private static int loginAtTheEnd(int depth) {
        try {
            int deepest = loginAtTheEnd(depth + 1);
            if (depth > deepest - 200) {
                login();
            }
            return deepest;
        } catch (StackOverflowError | AuditException atTheEnd) {
            return depth;
        }
    }

    @Test
    void shouldReturnWhenTheEventIsInTheFile() {
        TestLog log = new TestLog(directory);
        try (AuditSink sink = log.open()) {
            FakeBackend.appender(event -> sink.accept(FakeCall.of(event)));

            login();

            assertThat(log.only("AUTH_FAILURE").get("username").textValue()).isEqualTo("bob");
        }
    }

    @Test
    void shouldRecordOnceWhatAQueueDeliversTwice() throws InterruptedException {
        TestLog log = new TestLog(directory);
        BlockingQueue<AuditEvent> queue = new LinkedBlockingQueue<>();
        FakeBackend.appender(queue::add);
        try (AuditSink sink = log.open()) {
            Thread worker = new Thread(() -> {
                for (AuditEvent event : List.of(take(queue), take(queue))) {
                    sink.accept(FakeCall.of(event).onAnotherThread());
                }
            });
            worker.start();

            login();

            worker.join();
        }
        assertThat(log.events("AUTH_FAILURE")).hasSize(1);
    }

    @Test
    void shouldRecordOnceThoughTwoAppendersShareTheLog() {
        TestLog log = new TestLog(directory);
        try (AuditSink one = log.open();
                AuditSink two = log.open()) {
            FakeBackend.appender(event -> {
                one.accept(FakeCall.of(event));
                two.accept(FakeCall.of(event));
            });

            login();
        }
        assertThat(log.events("AUTH_FAILURE")).hasSize(1);
    }

    @Test
    void shouldRecordWithTheNextSinkWhatTheLastOneWasClosedFor() {
        TestLog log = new TestLog(directory);
        List<AuditSink> sinks = new ArrayList<>(List.of(log.open()));
        sinks.get(0).close();
        FakeBackend.appender(event -> {
            sinks.get(sinks.size() - 1).accept(FakeCall.of(event));
            if (FakeBackend.calls() == 2) {
                sinks.add(log.open());
            }
        });

        login();

        sinks.get(1).close();
        assertThat(FakeBackend.calls()).isEqualTo(3);
        assertThat(log.events("AUTH_FAILURE")).hasSize(1);
    }

    @Test
    void shouldThrowIfNoOtherSinkComes() {
        AuditSink sink = new TestLog(directory).open();
        sink.close();
        FakeBackend.appender(event -> sink.accept(FakeCall.of(event)));

        assertThatThrownBy(() -> AUDIT.withReceiptTimeout(Duration.ofMillis(20))
                        .event(EventType.AUTH_FAILURE)
                        .log())
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("not recorded within");
    }

    private static AuditEvent take(BlockingQueue<AuditEvent> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
