package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class TurnsTest {
    private final Turns turns = new Turns();
    private long count;

    @Test
    void shouldLetOneThreadWorkAtATimeAndGiveEachItsOwnResult() throws Exception {
        int calls = 20_000;
        boolean[] seen = new boolean[16 * calls + 1];
        Threads.run(16, thread -> {
            for (int i = 0; i < calls; i++) {
                long number = turns.take(() -> ++count);
                assertThat(seen[(int) number]).isFalse();
                seen[(int) number] = true;
            }
        });

        assertThat(count).isEqualTo(16L * calls);
    }

    @Test
    void shouldThrowToEachWhatItsOwnWorkThrew() throws Exception {
        Threads.run(8, thread -> {
            for (int i = 0; i < 5_000; i++) {
                String own = thread + " " + i;
                Throwable failure = switch (i % 3) {
                    case 0 -> new IOException(own);
                    case 1 -> new IllegalStateException(own);
                    default -> new StackOverflowError(own);
                };
                assertThatThrownBy(() -> turns.take(() -> fail(failure))).isSameAs(failure);
            }
        });
    }

    private static Thread start(Callable<?> body) {
        Thread thread = new Thread(new FutureTask<>(body));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long fail(Throwable with) throws IOException {
        if (with instanceof IOException failure) {
            throw failure;
        }
        if (with instanceof RuntimeException failure) {
            throw failure;
        }
        throw (Error) with;
    }

    @Test
    void shouldDoTheWorkOfThoseWhoCameMeanwhileInTheirOrderOnTheThreadThatHasTheTurn() throws Exception {
        List<String> done = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread first = start(() -> turns.take(() -> {
            begun.countDown();
            await(end);
            return done.add("first");
        }));
        begun.await();
        List<Thread> others = new ArrayList<>();
        for (String name : List.of("second", "third", "fourth")) {
            Thread other = start(() -> turns.take(() -> done.add(
                    name + " on the same thread: " + Thread.currentThread().equals(first))));
            others.add(other);
            Threads.await("it waits", () -> other.getState() == Thread.State.TIMED_WAITING);
        }
        end.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(done)
                .containsExactly(
                        "first",
                        "second on the same thread: true",
                        "third on the same thread: true",
                        "fourth on the same thread: true");
    }

    @Test
    void shouldWakeThoseItLeavesToOthersAndNotLetThemSleepOn() throws Exception {
        Turns sleepy = new Turns(0, Long.MAX_VALUE, 0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        callers.add(start(() -> sleepy.take(() -> {
            begun.countDown();
            await(end);
            return ++count;
        })));
        begun.await();
        for (int i = 0; i < 300; i++) { // more than two of them serve
            Thread caller = start(() -> sleepy.take(() -> ++count));
            callers.add(caller);
            Threads.await("it sleeps", () -> caller.getState() == Thread.State.TIMED_WAITING);
        }
        end.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(count).isEqualTo(callers.size());
    }

    @Test
    void shouldNeitherEndTheWaitForAnInterruptNorLoseIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread first = start(() -> turns.take(() -> {
            begun.countDown();
            await(end);
            return 1;
        }));
        begun.await();
        boolean[] interrupted = new boolean[1];
        Thread second = start(() -> {
            turns.take(() -> count = 2);
            interrupted[0] = Thread.interrupted();
            return count;
        });
        Threads.await("it waits", () -> second.getState() == Thread.State.TIMED_WAITING);
        second.interrupt();
        end.countDown();
        first.join();
        second.join();

        assertThat(count).isEqualTo(2);
        assertThat(interrupted).containsExactly(true);
    }
}
