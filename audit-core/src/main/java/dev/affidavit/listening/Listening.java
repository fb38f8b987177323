package dev.affidavit.listening;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.config.ListenerConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.ListenerStatistics;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.LogWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The listeners of one trail: started, replaced when their configuration changes, and stopped with it. Thread-safe. */
public final class Listening implements AutoCloseable {
    /** Of the 2 s that stopping may take, for telling listeners of what is left. */
    private static final Duration LAST_TELLING = Duration.ofMillis(1500);
    /** The rest of them, for a call that is interrupted to return; a little less, so that it is 2 s with all. */
    private static final Duration CUT = Duration.ofMillis(400);

    private final LogWriter writer;
    private final FrameworkStatus status;
    private final Supplier<Decrypter> decryption;
    private final Duration lastTelling;
    private final Duration cut;

    /** Held while listeners start or stop, which may take 2 s. */
    private final ReentrantLock lock = new ReentrantLock();

    /** As configured last, started or not. */
    @GuardedBy("lock")
    private List<Wanted> wanted = List.of();

    /** Changed under the lock; read without it: perhaps by a listener, while its end is waited for. */
    private volatile List<ListenerThread> running = List.of();

    @GuardedBy("lock")
    private boolean closed;

    /** By {@link System#nanoTime}; says nothing before {@link #closed}. */
    @GuardedBy("lock")
    private long closedAt;

    /** @param decryption what opens lines of the log, a new one for each listener */
    public Listening(LogWriter writer, FrameworkStatus status, Supplier<Decrypter> decryption) {
        this(writer, status, decryption, LAST_TELLING, CUT);
    }

    Listening(
            LogWriter writer,
            FrameworkStatus status,
            Supplier<Decrypter> decryption,
            Duration lastTelling,
            Duration cut) {
        this.writer = writer;
        this.decryption = decryption;
        this.status = status;
        this.lastTelling = lastTelling;
        this.cut = cut;
    }

    /** Sets the listeners that {@link #start} is to start. Of those that are new, each is told of what is written from now on. */
    public void configure(List<ListenerConfig> listeners) {
        lock.lock();
        try {
            Place now = Place.endOf(writer);
            List<Wanted> before = wanted;
            wanted = listeners.stream()
                    .map(config -> new Wanted(
                            config,
                            before.stream()
                                    .filter(known -> known.name().equals(config.name()))
                                    .findFirst()
                                    .map(Wanted::from)
                                    .orElse(now)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts the configured listeners that do not run yet, and stops those that are configured no more. One whose name stays
     * and whose configuration changed is opened anew, and goes on behind what it was told of. Never throws.
     */
    public void start(LogIdentity log) {
        lock.lock();
        try {
            if (!closed) {
                changeOver(log);
            }
        } catch (Throwable e) { // an Error too, such as of a process that may have no more threads
            status.error("audit log: listeners cannot start: " + e, e);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void changeOver(LogIdentity log) {
        List<Wanted> next = wanted;
        List<ListenerThread> before = running;
        List<ListenerThread> stopping = before.stream()
                .filter(thread -> next.stream().noneMatch(one -> one.config().equals(thread.config())))
                .toList();
        for (ListenerThread thread : stopping) {
            thread.requestStop(next.stream().noneMatch(one -> one.name().equals(thread.name())));
        }
        end(stopping, System.nanoTime());
        List<ListenerThread> now = new ArrayList<>(before);
        now.removeAll(stopping);
        running = List.copyOf(now); // also if one of those that follow cannot start
        wanted = next.stream().map(one -> one.behind(stopping)).toList();
        for (Wanted one : wanted) {
            if (now.stream().noneMatch(thread -> thread.name().equals(one.name()))) {
                now.add(started(one, log));
                running = List.copyOf(now);
            }
        }
        List<String> order = wanted.stream().map(Wanted::name).toList();
        now.sort(Comparator.comparing(thread -> order.indexOf(thread.name())));
        running = List.copyOf(now);
    }

    private ListenerThread started(Wanted one, LogIdentity log) {
        NewLines lines = new NewLines(writer, one.from());
        return ListenerThread.start(
                new Teller(one.config(), log, lines, decryption.get(), new Complaints(one.name(), status)), status);
    }

    /** One for each listener that was started, in the order of the configuration. */
    public List<ListenerStatistics> statistics() {
        return running.stream().map(ListenerThread::statistics).toList();
    }

    /** Asks the listeners to end once they are told of all that is written; none starts again. Returns at once. */
    public void requestStop() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                closedAt = System.nanoTime();
                running.forEach(thread -> thread.requestStop(true));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the listeners have ended, at most 2 s after they were asked to. */
    @Override
    public void close() {
        requestStop();
        lock.lock();
        try {
            end(running, closedAt);
        } finally {
            lock.unlock();
        }
    }

    private void end(List<ListenerThread> stopping, long requested) {
        long told = requested + lastTelling.toNanos();
        List<ListenerThread> late =
                stopping.stream().filter(thread -> !thread.awaitEnd(told)).toList();
        late.forEach(ListenerThread::cut);
        late.forEach(thread -> thread.awaitEnd(told + cut.toNanos()));
        stopping.forEach(ListenerThread::report);
    }

    /** A listener that is to run, and where its first line begins if it is new. */
    private record Wanted(ListenerConfig config, Place from) {
        String name() {
            return config.name();
        }

        /** Where the one of its name among these stopped, if there is one. */
        Wanted behind(List<ListenerThread> stopped) {
            return stopped.stream()
                    .filter(thread -> thread.name().equals(name()))
                    .findFirst()
                    .map(thread -> new Wanted(config, thread.next()))
                    .orElse(this);
        }
    }
}
