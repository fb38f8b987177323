package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a log. Thread-safe; virtual threads are not pinned. Callers write, one system call for each line, and one
 * thread hashes and forces for all.
 */
public final class LogWriter implements Closeable {
    /** 16 MiB, its {@code \n} included; bounds what a damaged file can make a reader hold at once. */
    public static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private final DirectoryLock directoryLock;
    private final String id;
    private final List<String> warnings;
    private final Opened opened;
    private final ActiveLog log;
    private final Forcer forcer;
    private final Housekeeping housekeeping;
    private final @Nullable SealPins sealPins;

    private LogWriter(
            LogDirectory directory,
            Environment environment,
            DirectoryLock directoryLock,
            LogOptions options,
            LogListener listener,
            Opened opened,
            String id,
            List<String> warnings) {
        this.directoryLock = directoryLock;
        this.opened = opened;
        this.id = id;
        this.warnings = warnings;
        this.sealPins = opened.seal() == null ? null : SealPins.of(opened.seal());
        this.log = new ActiveLog(
                directory,
                environment,
                options,
                opened.segments(),
                opened.sealing(),
                this::madeRoom,
                this::lookAfterLimits);
        this.forcer = new Forcer(
                log,
                new Rescuer(log, directory, environment.disk()),
                opened.lines(),
                listener,
                "affidavit-force " + directory.path().getFileName());
        this.housekeeping = new Housekeeping(log, this::sync, directory, environment, opened, listener);
    }

    private boolean madeRoom(IOException failure) {
        return housekeeping.madeRoom(failure);
    }

    private void lookAfterLimits() {
        housekeeping.nudge();
    }

    /**
     * Opens the log for writing, or makes it. Goes on in the last segment; a last line that was never finished is cut
     * off and kept aside, see {@link #recovery()}.
     *
     * @throws DirectoryInUseException if another writer holds the directory for longer than the lock timeout
     * @throws StoreException if the directory or a file in it cannot be used, or the log is sealed and the options are not, or
     *     the device does not answer within 30 s,
     *     or within {@link LogOptions#forceTimeout()} if that is longer
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
        return Opening.within(
                lockTimeout.plus(Opening.limit(options.forceTimeout())),
                options,
                () -> openHere(options, listener, environment, lockTimeout));
    }

    private static LogWriter openHere(
            LogOptions options, LogListener listener, Environment environment, Duration lockTimeout) {
        LogDirectory directory = LogDirectory.prepare(options.directory());
        try {
            DirectoryLock directoryLock = DirectoryLock.acquire(directory, lockTimeout);
            try {
                String id = directory.readOrCreateId(environment.disk(), environment.random());
                List<String> warnings = directory.warnings();
                Opened opened = Opened.open(directory, environment, options, listener, id);
                try {
                    warnings.addAll(opened.warnings());
                    LogWriter writer = new LogWriter(
                            directory, environment, directoryLock, options, listener, opened, id, warnings);
                    writer.start();
                    return writer;
                } catch (Throwable e) {
                    opened.close();
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
            startSealing();
            OpenWriters.add(this);
        } catch (Throwable e) { // an Error is how a JVM says that it may have no more threads
            housekeeping.stop();
            forcer.stop();
            throw e;
        }
    }

    private void startSealing() {
        Sealing sealing = opened.sealing();
        if (sealing != null) {
            sealing.start(log, forcer::nudge);
        }
    }

    private void stopSealing() {
        Sealing sealing = opened.sealing();
        if (sealing != null) {
            sealing.stop(log.forceFailure() == null ? housekeeping::pruneSealed : () -> {});
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

    private void append(Line line, Durability durability, ActiveLog.Adding adding) {
        long number = log.append(line, adding, false);
        if (number == 1) {
            housekeeping.firstLine();
        }
        if (durability == Durability.SYNCED) {
            forcer.await(number, log.options().forceTimeout());
        } else {
            forcer.written(number);
        }
    }

    /**
     * Adds a report as {@link Durability#WRITTEN}, and takes no further line, be it that this one could not be added: who
     * reads the log can then read all of it before it is closed.
     *
     * @throws StoreException if the line is not in the log
     */
    public void appendLast(Line line) {
        log.append(line, Intake::report, true);
    }

    /** The same as {@link #sync(Duration)} with {@link LogOptions#forceTimeout()}. */
    public void sync() {
        sync(log.options().forceTimeout());
    }

    /**
     * Returns when every line written before the call is on the device, and waits no longer than {@code limit} for that.
     * The interrupt flag of the calling thread neither ends the wait nor is cleared.
     *
     * @throws NotForcedException if the lines are not known to be on the device: it refused, or did not answer in time
     */
    public void sync(Duration limit) {
        forcer.await(log.written(), limit);
    }

    /** Applies new options from the next line on. The directory and the lock timeout stay as they are. */
    public void reconfigure(LogOptions newOptions) {
        log.reconfigure(newOptions);
        forcer.nudge();
        housekeeping.nudge();
        Sealing sealing = opened.sealing();
        if (sealing != null) {
            sealing.nudge();
        }
    }

    /** The random name of this log: 32 hexadecimal digits, made with the log. */
    public String id() {
        return id;
    }

    /** The real path of the directory. */
    public Path directory() {
        return log.path();
    }

    /** What was cut off when this writer opened the log; empty if nothing was. See {@link #unrecorded}. */
    public Optional<Recovery> recovery() {
        return Optional.ofNullable(opened.recovery());
    }

    /**
     * What was cut off when the log was opened, by this writer or an earlier one, and never called {@link #recorded}: oldest
     * segment first.
     *
     * @throws StoreException if that cannot be read
     */
    public List<Recovery> unrecorded() {
        try {
            return opened.torn().unrecorded();
        } catch (IOException e) {
            throw new StoreException("%s: what was cut off cannot be listed: %s".formatted(directory(), e), e);
        }
    }

    /**
     * Remembers, beyond a power cut, that the log has a record of this, so that no later writer makes another.
     *
     * @throws StoreException if that cannot be stored
     */
    public void recorded(Recovery recovery) {
        try {
            opened.torn().record(recovery);
        } catch (IOException e) {
            throw new StoreException("%s: not stored: %s".formatted(directory(), e), e);
        }
    }

    /** What to pin of the seal off the host; empty if the log is not sealed. */
    public Optional<SealPins> sealPins() {
        return Optional.ofNullable(sealPins);
    }

    /**
     * In what the log did not agree with its seal when this writer opened it; empty if it did, or is not sealed. The listener
     * is told of it as soon as there is a line.
     */
    public Optional<Tampering> tampering() {
        SealState seal = opened.seal();
        return seal == null ? Optional.empty() : Optional.ofNullable(seal.tampering());
    }

    /** The line that was the log's last when this writer opened it; empty for a new log. */
    public Optional<StoredLine> lastLine() {
        return Optional.ofNullable(opened.lastLine());
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
        return log.written();
    }

    /** How many lines this writer had written when it began a segment; empty if it did not begin it, or it is gone. */
    public OptionalLong linesBefore(String segment) {
        return log.linesBefore(segment);
    }

    public LogStatistics statistics() {
        return log.statistics(forcer, housekeeping);
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
        if (!log.close()) {
            return;
        }
        forcer.stop(); // throws if the device hangs: the files stay open then, since closing one waits for its force
        stopSealing();
        closeFiles();
        Throwable failure = log.forceFailure();
        if (failure == null) {
            OpenWriters.remove(this);
        } else {
            throw new StoreException(
                    "%s: closed, but its last %d lines are not known to be on the device: %s"
                            .formatted(directory(), log.written() - forcer.forced(), failure),
                    failure);
        }
    }

    private void closeFiles() {
        try (directoryLock) {
            log.closeFiles();
        } catch (IOException e) {
            throw new StoreException("%s: closing failed: %s".formatted(directory(), e), e);
        }
    }

    LogOptions options() {
        return log.options();
    }

    /** For a reader: returns when every line that it can have read by now is on the device. */
    void syncRead() {
        forcer.await(log.writtenForSure(), log.options().forceTimeout());
    }
}
