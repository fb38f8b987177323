package dev.affidavit.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a log. Thread-safe; virtual threads are not pinned. The caller writes its own line, one system call
 * under one lock, and one thread forces for all.
 */
public final class LogWriter implements Closeable {
    /** 16 MiB, its {@code \n} included; bounds what a damaged file can make a reader hold at once. */
    public static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private final LogDirectory directory;
    private final Environment environment;
    private final DirectoryLock directoryLock;
    private final String id;
    private final List<String> warnings;
    private final Opened opened;
    private final Forcer forcer;
    private final Housekeeping housekeeping;

    /** Unfair: the thread that holds it is the one whose caches are warm. Never held while the device is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Segments segments;

    /** Whether the last line was added, or was to be. */
    @GuardedBy("lock")
    private boolean refusing;

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private final Intake intake;

    /** Changed under the lock only; read by the forcing thread without it. */
    private volatile long written;

    private volatile LogOptions options;

    private LogWriter(
            LogDirectory directory,
            Environment environment,
            DirectoryLock directoryLock,
            LogOptions options,
            LogListener listener,
            Opened opened,
            String id,
            List<String> warnings) {
        this.directory = directory;
        this.environment = environment;
        this.directoryLock = directoryLock;
        this.options = options;
        this.opened = opened;
        this.segments = opened.segments();
        this.id = id;
        this.warnings = warnings;
        Rescuer rescuer = new Rescuer(this, directory, environment.disk());
        this.forcer = new Forcer(
                this, rescuer, listener, "affidavit-force " + directory.path().getFileName());
        this.housekeeping = new Housekeeping(this, directory, environment, opened, listener);
        this.intake = new Intake(segments, housekeeping::madeRoom);
    }

    /**
     * Opens the log for writing, or makes it. Goes on in the last segment; a last line that was never finished is cut
     * off and kept aside, see {@link #recovery()}.
     *
     * @throws DirectoryInUseException if another writer holds the directory for longer than the lock timeout
     * @throws StoreException if the directory or a file in it cannot be used
     */
    public static LogWriter open(LogOptions options, LogListener listener) {
        return open(options, listener, Environment.real());
    }

    /** The same, but without waiting for another writer to let go of the directory. */
    public static LogWriter openNow(LogOptions options, LogListener listener) {
        return open(options, listener, Environment.real(), Duration.ZERO);
    }

    static LogWriter open(LogOptions options, LogListener listener, Environment environment) {
        return open(options, listener, environment, options.lockTimeout());
    }

    private static LogWriter open(
            LogOptions options, LogListener listener, Environment environment, Duration lockTimeout) {
        LogDirectory directory = LogDirectory.prepare(options.directory());
        try {
            DirectoryLock directoryLock = DirectoryLock.acquire(directory, lockTimeout);
            try {
                String id = directory.readOrCreateId(environment.disk(), environment.random());
                List<String> warnings = directory.warnings();
                Opened opened = Opened.open(directory, environment, options);
                try {
                    warnings.addAll(opened.warnings());
                    LogWriter writer = new LogWriter(
                            directory, environment, directoryLock, options, listener, opened, id, warnings);
                    writer.start();
                    return writer;
                } catch (Throwable e) {
                    opened.segments().close();
                    throw e;
                }
            } catch (Throwable e) { // an Error too: this process could never open the log again
                directoryLock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("the log in %s cannot be opened: %s".formatted(directory.path(), e), e);
        }
    }

    /** Starts all threads or none. */
    private void start() {
        try {
            forcer.start();
            housekeeping.start();
            OpenWriters.add(this);
        } catch (Throwable e) { // an Error is how a JVM says that it may have no more threads
            housekeeping.stop();
            forcer.stop();
            throw e;
        }
    }

    /**
     * Adds a line. When this returns normally, the line is as safe as {@code durability} says. The interrupt flag of
     * the calling thread neither disturbs the call nor is cleared.
     *
     * @throws StoreException if the line is not in the log
     * @throws NotForcedException with {@link Durability#SYNCED}, if the line is written and not known to be on the
     *     device: it refused, or did not answer within {@link LogOptions#forceTimeout()}
     * @throws IllegalArgumentException if the line does not end with {@code \n} or is longer than {@link #MAX_LINE_BYTES}
     */
    public void append(Line line, Durability durability) {
        append(line, durability, Intake::line);
    }

    /**
     * The same for what the log says of itself: the line goes into the current segment whatever its size, unless another
     * interval has begun, so that a report of a removal never causes another; and if the disk is full, the reserve gives
     * way.
     */
    public void appendReport(Line line, Durability durability) {
        append(line, durability, Intake::report);
    }

    private void append(Line line, Durability durability, Adding adding) {
        long number = write(line, adding, false);
        if (durability == Durability.SYNCED) {
            forcer.await(number, options.forceTimeout());
        } else if (number - forcer.forced() >= options.forceAfterLines()) {
            forcer.nudge();
        }
    }

    /**
     * Adds a report as {@link Durability#WRITTEN}, and takes no further line, be it that this one could not be added: who
     * reads the log can then read all of it before it is closed.
     *
     * @throws StoreException if the line is not in the log
     */
    public void appendLast(Line line) {
        write(line, Intake::report, true);
    }

    private long write(Line line, Adding adding, boolean last) {
        lock.lock();
        try {
            requireWritable();
            refusing = last;
            line.settle();
            byte[] bytes = line.bytes();
            int length = line.length();
            requireLine(bytes, length);
            boolean news = adding.add(intake, bytes, length, options) || written == 0;
            written = segments.written();
            if (news) {
                housekeeping.nudge();
            }
            return written;
        } catch (IOException e) {
            if (intake.beganToFail()) {
                housekeeping.nudge();
            }
            throw notWritten(e);
        } finally {
            lock.unlock();
        }
    }

    /** The same as {@link #sync(Duration)} with {@link LogOptions#forceTimeout()}. */
    public void sync() {
        sync(options.forceTimeout());
    }

    /**
     * Returns when every line written before the call is on the device, and waits no longer than {@code limit} for that.
     * The interrupt flag of the calling thread neither ends the wait nor is cleared.
     *
     * @throws NotForcedException if the lines are not known to be on the device: it refused, or did not answer in time
     */
    public void sync(Duration limit) {
        forcer.await(written, limit);
    }

    /** Applies new options from the next line on. The directory and the lock timeout stay as they are. */
    public void reconfigure(LogOptions newOptions) {
        options = newOptions;
        forcer.nudge();
        housekeeping.nudge();
    }

    /** The random name of this log: 32 hexadecimal digits, made with the log. */
    public String id() {
        return id;
    }

    /** The real path of the directory. */
    public Path directory() {
        return directory.path();
    }

    /** What was cut off when this writer opened the log; empty if nothing was. */
    public Optional<Recovery> recovery() {
        return Optional.ofNullable(opened.recovery());
    }

    /** The line that was the log's last when this writer opened it, without its {@code \n}; empty for a new log. */
    public Optional<byte[]> lastLine() {
        return Optional.ofNullable(opened.lastLine()).map(byte[]::clone);
    }

    /**
     * What is unsafe about the directory or the platform, each with its remedy; each segment before the last that ended
     * with an unfinished line when this writer opened the log; and what is amiss with segments that the device refused.
     */
    public List<String> warnings() {
        return warnings;
    }

    /** How many lines this writer has written. Takes no lock: who waits for news can look at it as often as it likes. */
    public long written() {
        return written;
    }

    /** How many lines this writer had written when it began a segment; empty if it did not begin it, or it is gone. */
    public OptionalLong linesBefore(String segment) {
        lock.lock();
        try {
            return segments.linesBefore(segment);
        } finally {
            lock.unlock();
        }
    }

    public LogStatistics statistics() {
        Forcer.ForceRecord last = forcer.last();
        Throwable forceFailure = forcer.failure();
        lock.lock();
        try {
            Throwable failure = forceFailure != null ? forceFailure : segments.unfinishedLine();
            return new LogStatistics(
                    written,
                    forcer.forced(),
                    last.count(),
                    last.allTook(),
                    last.ended(),
                    last.took(),
                    last.rescues(),
                    last.rescuedLines(),
                    segments.activeName(),
                    segments.activeBytes(),
                    segments.rotated().count() + 1,
                    segments.rotations(),
                    retentionStatistics(),
                    housekeeping.disk().statistics(),
                    failure == null ? null : failure.toString());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private RetentionStatistics retentionStatistics() {
        RotatedSegment oldest = segments.rotated().oldest();
        return new RetentionStatistics(
                oldest == null ? segments.activeName() : oldest.name().fileName(),
                segments.rotated().bytes() + segments.activeBytes(),
                housekeeping.pruning().removed(),
                housekeeping.pruning().dropped(),
                housekeeping.holds().inForce());
    }

    /**
     * Ends what the log does of itself, after a last look at its limits: from here on the listener hears of nothing but a
     * failed force. Lines are taken until {@link #close}, which does this too. Ending twice does nothing more.
     */
    public void endHousekeeping() {
        housekeeping.stop();
    }

    /**
     * Refuses further lines, forces what was written and lets go of the directory. Closing twice does nothing.
     *
     * @throws StoreException if not everything is known to be on the device. If the device does not answer at all, the
     *     directory stays taken until this process ends
     */
    @Override
    public void close() {
        housekeeping.stop(); // while lines are taken: it records what it removes
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            refusing = true;
        } finally {
            lock.unlock();
        }
        forcer.stop(); // throws if the device hangs: the files stay open then, since closing one waits for its force
        closeFiles();
        if (forcer.failure() == null) {
            OpenWriters.remove(this);
        } else {
            throw new StoreException(
                    "%s: closed, but its last %d lines are not known to be on the device: %s"
                            .formatted(directory.path(), written - forcer.forced(), forcer.failure()),
                    forcer.failure());
        }
    }

    private void closeFiles() {
        lock.lock();
        try (directoryLock) {
            segments.close();
        } catch (IOException e) {
            throw new StoreException("%s: closing failed: %s".formatted(directory.path(), e), e);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void requireWritable() {
        if (refusing) {
            throw new LogClosedException(directory.path());
        }
        Throwable forceFailure = forcer.failure();
        Throwable failure = forceFailure != null ? forceFailure : segments.unfinishedLine();
        if (failure != null) {
            throw new StoreException(
                    "%s takes no more lines: %s. Mend the device and open the log again."
                            .formatted(directory.path().resolve(segments.activeName()), failure),
                    failure);
        }
    }

    private static void requireLine(byte[] bytes, int length) {
        boolean fits = length >= 1 && length <= Math.min(bytes.length, MAX_LINE_BYTES);
        if (!fits || bytes[length - 1] != '\n') {
            throw new IllegalArgumentException("expected a line of 1 to %d bytes that ends with \\n, found %s"
                    .formatted(MAX_LINE_BYTES, fits ? "another last byte" : length + " bytes"));
        }
    }

    @GuardedBy("lock")
    private StoreException notWritten(IOException cause) {
        return new StoreException(
                "%s: line not written: %s".formatted(directory.path().resolve(segments.activeName()), cause), cause);
    }

    // For readers beside it, and for the forcing thread.

    /** For a reader: returns when every line that it can have read by now is on the device. */
    void syncRead() {
        long read;
        lock.lock(); // a line that can be read may not be counted yet
        try {
            read = written;
        } finally {
            lock.unlock();
        }
        forcer.await(read, options.forceTimeout());
    }

    Unforced takeUnforced() {
        lock.lock();
        try {
            return segments.takeUnforced(written);
        } finally {
            lock.unlock();
        }
    }

    SegmentName newestSegment() {
        lock.lock();
        try {
            return segments.last();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Tampering look(FileWatch watch) throws IOException {
        lock.lock();
        try {
            return segments.look(watch);
        } finally {
            lock.unlock();
        }
    }

    DiskWatch.WriteFailures writeFailures() {
        lock.lock();
        try {
            return intake.failures();
        } finally {
            lock.unlock();
        }
    }

    SetAside setAside() throws IOException {
        lock.lock();
        try {
            return segments.setAside(options);
        } finally {
            lock.unlock();
        }
    }

    void copied(SetAside aside, List<Tail> tails) {
        lock.lock();
        try {
            segments.copied(aside, tails);
        } finally {
            lock.unlock();
        }
        housekeeping.nudge();
    }

    LogOptions options() {
        return options;
    }

    Instant now() {
        return environment.clock().instant();
    }

    private interface Adding {
        /** Whether there is something that housekeeping should look at. */
        boolean add(Intake intake, byte[] bytes, int length, LogOptions options) throws IOException;
    }
}
