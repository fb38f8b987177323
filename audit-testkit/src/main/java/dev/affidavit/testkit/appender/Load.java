package dev.affidavit.testkit.appender;

import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
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
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Threads that record events, each of its own name, and remember which calls returned. */
public final class Load implements AutoCloseable {
    private final Queue<String> returned = new ConcurrentLinkedQueue<>();
    private final AtomicInteger returnedCount = new AtomicInteger();
    private final Queue<AuditException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();

    private Load(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    /** Starts {@code count} threads, which record until {@link #stop}. */
    public static Load start(AuditLogger logger, int count) {
        Load load = new Load(count);
        load.run(logger, count, load.stopped::get);
        return load;
    }

    /** Records {@code events} with each of {@code count} threads, and returns when it is done. */
    public static Load run(AuditLogger logger, int count, int events) {
        try (Load load = new Load(count)) {
            for (int thread = 0; thread < count; thread++) {
                int number = thread;
                load.running.add(load.threads.submit(() -> {
                    for (int i = 0; i < events; i++) {
                        load.record(logger, "user-%d-%d".formatted(number, i));
                    }
                }));
            }
            load.stop();
            return load;
        }
    }

    private void run(AuditLogger logger, int count, BooleanSupplier until) {
        for (int thread = 0; thread < count; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                for (int i = 0; !until.getAsBoolean(); i++) {
                    record(logger, "user-%d-%d".formatted(number, i));
                }
            }));
        }
    }

    private void record(AuditLogger logger, String name) {
        try {
            logger.record(EventType.AUTH_SUCCESS, event -> event.username(name));
            returned.add(name);
            returnedCount.incrementAndGet();
        } catch (AuditException e) {
            failures.add(e);
        }
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
        Map<String, Long> found = log.events().stream()
                .map(event -> event.get("username").textValue())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<String> missing =
                returned.stream().filter(name -> !found.containsKey(name)).toList();
        List<String> repeated = found.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty() || !repeated.isEmpty()) {
            throw new AssertionError("of %d calls that returned, missing: %s; more than once: %s"
                    .formatted(returned.size(), missing, repeated));
        }
    }
}
