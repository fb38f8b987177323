package dev.affidavit.listening;

import dev.affidavit.config.ListenerConfig;
import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.ListenerStatistics;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.StoredLine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener of the lines of the log, a step at a time. Used by the listener's thread, but for {@link #cut},
 * {@link #next}, {@link #left} and {@link #statistics}.
 */
final class Teller implements AutoCloseable {
    /** How soon a new event is seen: soon for a person who waits for an alarm, long beside what looking costs. */
    static final Duration IDLE = Duration.ofMillis(20);
    /** The wait after the first failure to open the listener or to read the log. It doubles with each. */
    static final Duration FIRST_WAIT = Duration.ofMillis(200);
    /** The wait after many: the end of the trouble is seen within a minute. */
    static final Duration LAST_WAIT = Duration.ofSeconds(30);

    private final ListenerConfig config;
    private final LogIdentity log;
    private final NewLines lines;
    private final Decrypter decrypter;
    private final Complaints complaints;

    private @Nullable AuditListener listener;
    private Duration wait = FIRST_WAIT;

    private volatile boolean cut;

    private final LongAdder told = new LongAdder();
    private final AtomicLong failed = new AtomicLong();
    private final LongAdder missed = new LongAdder();

    Teller(ListenerConfig config, LogIdentity log, NewLines lines, Decrypter decrypter, Complaints complaints) {
        this.config = config;
        this.log = log;
        this.lines = lines;
        this.decrypter = decrypter;
        this.complaints = complaints;
    }

    /**
     * Tells of what can be read. Never throws.
     *
     * @return how long to wait before the next step; zero if there may be more now
     */
    Duration step() {
        try {
            AuditListener open = opened();
            boolean any = false;
            for (StoredLine line : lines.read()) {
                if (cut) {
                    return Duration.ZERO;
                }
                tell(open, line);
                any = true;
            }
            wait = FIRST_WAIT;
            complaints.untroubled();
            return any ? Duration.ZERO : IDLE;
        } catch (Throwable e) { // whatever a listener throws: it must not end its own thread
            lines.close(); // what was read and not told of is read again
            Duration before = wait;
            wait = wait.multipliedBy(2).compareTo(LAST_WAIT) < 0 ? wait.multipliedBy(2) : LAST_WAIT;
            if (!cut) {
                complaints.troubled(e);
            }
            return before;
        }
    }

    private AuditListener opened() throws Exception {
        AuditListener open = listener;
        if (open == null) {
            open = config.listener().open(log);
            listener = open;
            forgetInterrupt();
        }
        return open;
    }

    private void tell(AuditListener open, StoredLine line) {
        long gone = lines.passed(line);
        if (gone > 0) {
            missed.add(gone);
            complaints.missed(gone);
        }
        ForwardedLine event = null;
        try {
            event = new ForwardedLine(decrypter.decrypt(line));
        } catch (Throwable e) { // keys are others' code, and the lines behind this one are to be told of
            failed("of " + line.segment(), e);
        }
        if (event != null) {
            tell(open, event);
        }
        told.increment();
        forgetInterrupt();
    }

    private void tell(AuditListener open, ForwardedLine event) {
        try {
            open.recorded(event);
        } catch (Throwable e) { // an Error too: the next event may be the one that matters
            failed(String.valueOf(event.id()), e);
        }
    }

    private void failed(String event, Throwable cause) {
        long count = failed.get() + 1;
        if (!cut) {
            complaints.failed(event, cause, count);
        }
        failed.set(count); // behind its reason: who sees the count finds that
    }

    /** One that the listener left would close the log's file at the next read. */
    private static void forgetInterrupt() {
        Thread.interrupted();
    }

    ListenerConfig config() {
        return config;
    }

    /** Lets it be told of nothing more, and no failure be reported. For another thread; returns at once. */
    void cut() {
        cut = true;
    }

    /** Behind the line that it is being told of, or was told of last. */
    Place next() {
        return lines.next();
    }

    /** How many events it was not told of. */
    long left() {
        return lines.left();
    }

    @Override
    public void close() {
        lines.close();
        try {
            decrypter.close();
        } catch (Throwable e) {
            complaints.notClosed(e);
        }
        AuditListener open = listener;
        listener = null;
        if (open != null) {
            try {
                open.close();
            } catch (Throwable e) {
                complaints.notClosed(e);
            }
        }
    }

    ListenerStatistics statistics() {
        return new ListenerStatistics(config.name(), told.sum(), failed.get(), missed.sum(), complaints.last());
    }
}
