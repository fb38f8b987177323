package dev.affidavit.witness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.WitnessConfig;
import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessStatistics;
import dev.affidavit.witness.Submission.Sealed;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The witnesses of one log, on a thread of their own: nobody who records waits for a witness, and no witness for another.
 * Thread-safe.
 */
public final class Witnessing implements AutoCloseable {
    /** A witness that is restarted is found again quickly. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    /** As often as there is a checkpoint for it, if nothing else is configured. */
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    /** For the thread, when the log is closed; what is under way then is given up. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final Path directory;
    private final FrameworkStatus status;
    private final Consumer<WitnessChange> watch;
    private final Duration firstRetry;
    private final Duration lastRetry;

    /** What the thread is to do, in order. */
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** Null until there are witnesses. */
    @GuardedBy("lock")
    private @Nullable Thread thread;

    private volatile boolean closed;

    /** Whether there is a thread, or was one: without it nobody would take what is offered. */
    @GuardedBy("lock")
    private boolean begun;

    /** What was offered last before that; null if nothing was. */
    @GuardedBy("lock")
    private @Nullable String offeredBefore;

    /** Changed by the thread alone. */
    private volatile List<Witness> witnesses = List.of();

    /** The newest checkpoint; null before the first. Of the thread alone. */
    private @Nullable Sealed newest;

    /**
     * None yet.
     *
     * @param directory of the log
     * @param watch is told on the thread how witnesses fare
     */
    public Witnessing(Path directory, FrameworkStatus status, Consumer<WitnessChange> watch) {
        this(directory, status, watch, FIRST_RETRY, LAST_RETRY);
    }

    /** The same, with another wait after the first failure, and after many. */
    public Witnessing(
            Path directory,
            FrameworkStatus status,
            Consumer<WitnessChange> watch,
            Duration firstRetry,
            Duration lastRetry) {
        this.directory = directory;
        this.status = status;
        this.watch = watch;
        this.firstRetry = firstRetry;
        this.lastRetry = lastRetry;
    }

    /** Sets the witnesses; those whose configuration stays the same go on undisturbed. Returns at once, and never throws. */
    public void configure(List<WitnessConfig> wanted) {
        lock.lock();
        try {
            if (thread == null && !wanted.isEmpty() && !closed) {
                thread = started();
                begun = true;
            }
            if (begun) {
                tasks.add(() -> changeOver(wanted));
                offerEarlier();
            }
        } catch (Throwable e) { // an Error too, such as of a process that may have no more threads
            status.error("audit log: its witnesses cannot be asked: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void offerEarlier() {
        String earlier = offeredBefore;
        if (earlier != null) {
            tasks.add(() -> spread(earlier));
            offeredBefore = null;
        }
    }

    /** A checkpoint that is newer than those before: a signed note. Returns at once; witnesses that come later get it too. */
    public void offer(String checkpoint) {
        lock.lock();
        try {
            if (begun) {
                tasks.add(() -> spread(checkpoint));
            } else {
                offeredBefore = checkpoint;
            }
        } finally {
            lock.unlock();
        }
    }

    /** One for each witness, in the order of the configuration. */
    public List<WitnessStatistics> statistics() {
        return witnesses.stream().map(Witness::statistics).toList();
    }

    /** Takes nothing from the thread that happens to start it: neither its thread locals nor its class loader. */
    private Thread started() {
        Thread made = new Thread(null, this::run, "affidavit-witness " + directory.getFileName(), 0, false);
        made.setContextClassLoader(Witnessing.class.getClassLoader());
        made.setDaemon(true);
        made.start();
        return made;
    }

    private void run() {
        while (!closed) {
            try {
                Runnable task = tasks.poll(nanosToNext(), TimeUnit.NANOSECONDS);
                if (task != null && !closed) {
                    task.run();
                }
                for (Witness witness : closed ? List.<Witness>of() : witnesses) {
                    witness.goOn();
                }
            } catch (InterruptedException e) {
                // It is closed.
            } catch (Throwable e) { // an Error too: the other witnesses are asked all the same
                tell(e);
            }
        }
        witnesses.forEach(Witness::stop);
    }

    private void tell(Throwable failure) {
        try {
            status.error("audit log: a witness could not be asked: " + failure, failure);
        } catch (Throwable e) {
            // Out of memory once more, perhaps: it must not cost the log its witnesses.
        }
    }

    private long nanosToNext() {
        return witnesses.stream().mapToLong(Witness::nanosToNext).min().orElse(Long.MAX_VALUE);
    }

    private void changeOver(List<WitnessConfig> wanted) {
        List<Witness> before = witnesses;
        List<Witness> now = new ArrayList<>();
        for (WitnessConfig config : wanted) {
            Witness same = before.stream()
                    .filter(witness -> witness.config().equals(config))
                    .findFirst()
                    .orElse(null);
            if (same != null) {
                now.add(same);
            } else {
                open(config, now);
            }
        }
        before.stream().filter(witness -> !now.contains(witness)).forEach(Witness::stop);
        witnesses = List.copyOf(now);
    }

    private void open(WitnessConfig config, List<Witness> into) {
        try {
            RetryDelay delay = new RetryDelay(firstRetry, lastRetry, new SecureRandom());
            Witness opened = Witness.open(config, directory, delay, System::nanoTime, tasks::add, watch);
            into.add(opened);
            Sealed next = newest;
            if (next != null) {
                opened.offer(next);
            }
        } catch (IOException e) {
            status.error("audit log: the witness %s cannot be asked: %s".formatted(config.name(), e), e);
        }
    }

    private void spread(String checkpoint) {
        try {
            Sealed sealed = Sealed.parse(checkpoint);
            newest = sealed;
            witnesses.forEach(witness -> witness.offer(sealed));
        } catch (MalformedSealException e) {
            throw new IllegalArgumentException("expected a checkpoint, found '%s'".formatted(checkpoint), e);
        }
    }

    /** Asks no witness any more; what one has cosigned and is not kept yet is asked for again by the next writer. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
            awaitEnd(running);
        }
    }

    private static void awaitEnd(Thread running) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(running, STOP_LIMIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
