package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that begin together, and waiting with an end. */
final class Threads {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Threads() {}

    /** Runs the body in so many threads at once, giving each its number; throws what one of them threw. */
    static void run(int count, Body body) throws Exception {
        run(count, LIMIT, body);
    }

    /** A thread that appends a synced line. */
    static FutureTask<Void> synced(LogWriter log, String text) {
        return start(text, () -> {
            log.append(TextLine.of(text), Durability.SYNCED);
            return null;
        });
    }

    static void run(int count, Duration limit, Body body) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            tasks.add(start("test-" + i, () -> {
                start.await();
                body.run(number);
                return null;
            }));
        }
        for (FutureTask<Void> task : tasks) {
            get(task, limit);
        }
    }

    static <T> FutureTask<T> start(String name, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static <T> T get(FutureTask<T> task) throws Exception {
        return get(task, LIMIT);
    }

    private static <T> T get(FutureTask<T> task, Duration limit) throws Exception {
        try {
            return task.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    interface Body {
        void run(int number) throws Exception;
    }
}
