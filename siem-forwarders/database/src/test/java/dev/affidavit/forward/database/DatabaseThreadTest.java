package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.testkit.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DatabaseThreadTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final DatabaseThread thread = new DatabaseThread("a database");
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    @AfterEach
    void end() {
        go.countDown();
        thread.close();
    }

    /** As a connection that a slow server grants at last. */
    private AutoCloseable late() throws IOException {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return () -> closed.set(true);
    }

    private void requireClosing() {
        go.countDown();
        Deadline.await("what came too late is closed", LONG, closed::get);
    }

    @Test
    void shouldReturnWhatACallReturns() throws Exception {
        assertThat(thread.<String>call(() -> "x", LONG)).isEqualTo("x");
    }

    @Test
    void shouldThrowWhatACallThrows() {
        SQLException failure = new SQLException("x");

        assertThatThrownBy(() -> thread.call(
                        () -> {
                            throw failure;
                        },
                        LONG))
                .isSameAs(failure);
        assertThat(thread.isBusy()).isFalse();
    }

    @Test
    void shouldCloseWhatComesAfterTheLimit() {
        assertThatThrownBy(() -> thread.call(this::late, Duration.ofMillis(1)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageStartingWith("a database did not answer");
        thread.close();

        requireClosing();
    }

    @Test
    void shouldCloseWhatComesAfterAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> thread.call(this::late, LONG)).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        requireClosing();
    }

    @Test
    void shouldCallNothingOnceItIsClosed() {
        thread.close();

        assertThatThrownBy(() -> thread.call(() -> "x", LONG)).isInstanceOf(IOException.class);
    }
}
