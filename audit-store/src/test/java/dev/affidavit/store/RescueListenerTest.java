package dev.affidavit.store;

import static dev.affidavit.store.FaultyDisk.Operation.FORCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who hears that the device refused a force, and what that may not disturb. */
@Timeout(300)
final class RescueListenerTest {
    @TempDir
    Path directory;

    @Test
    void shouldForceAtOnceWhatTheListenerSaysOfIt() {
        TestLog test = new TestLog(directory);
        AtomicReference<LogWriter> writer = new AtomicReference<>();
        LogListener listener = new LogListener() {
            @Override
            public void rescued(Rescue rescue) {
                Objects.requireNonNull(writer.get())
                        .append(TextLine.of("rescued " + rescue.lines()), Durability.WRITTEN);
            }
        };
        try (LogWriter log = LogWriter.open(test.options().build(), listener, test.environment())) {
            writer.set(log);
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("line"), Durability.SYNCED);

            Threads.await(
                    "what the listener said is forced", () -> log.statistics().forced() == 2);
        }
        assertThat(LogFiles.read(directory)).containsExactly("line", "rescued 1");
    }

    @Test
    void shouldKeepNobodyWaitingForTheListenerThatHearsOfIt() throws Exception {
        TestLog test = new TestLog(directory);
        CountDownLatch answered = new CountDownLatch(1);
        LogListener slow = new LogListener() {
            @Override
            public void rescued(Rescue rescue) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (LogWriter log = LogWriter.open(test.options().build(), slow, test.environment())) {
            test.disk.failNext(FORCE, "Input/output error");
            try {
                Threads.get(Threads.synced(log, "line"));
            } finally {
                answered.countDown();
            }
        }
        assertThat(LogFiles.read(directory)).containsExactly("line");
    }

    @Test
    void shouldSurviveAListenerThatThrowsWhenItHearsOfIt() {
        TestLog test = new TestLog(directory);
        AtomicReference<Throwable> reported = new AtomicReference<>();
        LogListener throwing = new LogListener() {
            @Override
            public void rescued(Rescue rescue) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.set(e));
                throw new IllegalStateException("a bug of the listener");
            }
        };
        try (LogWriter log = LogWriter.open(test.options().build(), throwing, test.environment())) {
            test.disk.failNext(FORCE, "Input/output error");
            log.append(TextLine.of("line"), Durability.SYNCED);
            log.append(TextLine.of("after"), Durability.SYNCED);
        }
        assertThat(reported.get()).hasMessage("a bug of the listener");
        assertThat(LogFiles.read(directory)).containsExactly("line", "after");
    }
}
