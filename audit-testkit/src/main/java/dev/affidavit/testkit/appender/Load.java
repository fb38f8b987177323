package dev.affidavit.testkit.appender;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.Marker;

/** Threads that record events, each of a user of its own, and remember which calls returned. */
public final class Load implements AutoCloseable {
    private final String users;
    private final Consumer<String> call;
    private final long pauseNanos;
    private final Queue<String> returned = new ConcurrentLinkedQueue<>();
    private final AtomicInteger returnedCount = new AtomicInteger();
    private final Queue<AuditException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();

    /** @param call records an event of the user it is given */
    private Load(String users, int count, Duration pause, Consumer<String> call) {
        this.users = users;
        this.pauseNanos = pause.toNanos();
        this.call = call;
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** Starts {@code count} threads, which record until {@link #stop}. */
    public static Load start(AuditLogger logger, int count) {
        Load load = of(logger, count);
        load.start(count, i -> !load.stopped.get());
        return load;
    }

    /** Starts {@code count} threads, which log until {@link #stop}, with a pause after each call: a lost one takes no time. */
    public static Load start(Logger plain, int count, Duration pause) {
        Marker marker = AuditMarkers.of(EventType.AUTH_SUCCESS);
        Load load = new Load(
                "plain",
                count,
                pause,
                user -> plain.atInfo()
                        .addMarker(marker)
                        .addKeyValue("username", user)
                        .log("by a plain logger"));
        load.start(count, i -> !load.stopped.get());
        return load;
    }

    /** Records {@code events} with each of {@code count} threads, and returns when it is done. */
    public static Load run(AuditLogger logger, int count, int events) {
        try (Load load = of(logger, count)) {
            load.start(count, i -> i < events);
            load.stop();
            return load;
        }
    }

    private static Load of(AuditLogger logger, int count) {
        return new Load(
                "user",
                count,
                Duration.ZERO,
                user -> logger.record(EventType.AUTH_SUCCESS, event -> event.username(user)));
    }

    private void start(int count, IntPredicate goesOn) {
        for (int thread = 0; thread < count; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                for (int i = 0; goesOn.test(i); i++) {
                    record("%s-%d-%d".formatted(users, number, i));
                }
            }));
        }
    }

    private void record(String user) {
        AuditException failure = Outcomes.failureOf(() -> call.accept(user));
        if (failure == null) {
            returned.add(user);
            returnedCount.incrementAndGet();
        } else {
            failures.add(failure);
        }
        LockSupport.parkNanos(pauseNanos);
    }

    /** Ends the threads after the call that each is in. */
    public void stop() {
        stopped.set(true);
        try {
            for (Future<?> thread : running) {
                thread.get(60, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new AssertionError("a caller did not come to its end", e);
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }

    /** How many calls returned normally. */
    public int returned() {
        return returnedCount.get();
    }

    public List<AuditException> failures() {
        return List.copyOf(failures);
    }

    /** Checks that each event whose call returned is in the log exactly once, and no other more than once. */
    public void requireExactlyOnce(LogFile log) {
        Map<String, Integer> found = log.eventsByUser();
        List<String> missing = missing(found);
        List<String> repeated = repeated(found);
        if (!missing.isEmpty() || !repeated.isEmpty()) {
            throw new AssertionError("of %d calls that returned, missing: %s; more than once: %s"
                    .formatted(returned.size(), missing, repeated));
        }
    }

    /** The users whose calls returned and whose events are not among those that were found. */
    List<String> missing(Map<String, Integer> found) {
        return returned.stream().filter(user -> !found.containsKey(user)).toList();
    }

    /** Those who are there more than once, whoever recorded them. */
    static List<String> repeated(Map<String, Integer> found) {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }
}
