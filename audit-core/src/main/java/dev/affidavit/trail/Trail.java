package dev.affidavit.trail;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.json.EventLine;
import dev.affidavit.json.IdSequence;
import dev.affidavit.json.Origin;
import dev.affidavit.listening.Listening;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.Durability;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.NotForcedException;
import dev.affidavit.store.Recovery;
import dev.affidavit.store.SealPins;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import dev.affidavit.witness.Witnessing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open log of events, shared by every sink on its directory. Thread-safe. */
final class Trail {
    /** A device that hangs must not keep the JVM from ending. */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

    private final LogWriter writer;
    private final FrameworkStatus status;
    private final InstantSource clock;
    private final String host;
    private final IdSequence ids;
    private final Thread forceAtExit;

    private final LinePool lines = new LinePool();
    private final Losses losses = new Losses();
    private final LongAdder recorded = new LongAdder();
    private volatile boolean asyncStage;

    /** Changed under the registry's lock. */
    private volatile TrailConfig config;

    private volatile Origin origin;
    private AuditTrails.OpenTrail registration = AuditTrails.NOT_REGISTERED;

    private final StateEvents stateEvents = new StateEvents(this::recordOwn);
    private final TrailForwarding forwarding;
    private final Confidentiality confidentiality;
    private final Witnessing witnessing;
    private final Listening listening;

    private Trail(LogWriter writer, TrailConfig config, FrameworkStatus status, InstantSource clock, String host) {
        this.writer = writer;
        this.config = config;
        this.status = status;
        this.clock = clock;
        this.host = host;
        this.origin = new Origin(config.service(), host);
        this.witnessing = new Witnessing(writer.directory(), status, this::witnessChanged);
        this.confidentiality = Confidentiality.of(writer, config.encryption(), status);
        this.forwarding = new TrailForwarding(
                writer.directory(), confidentiality::decrypter, status, stateEvents, System::nanoTime);
        this.listening = new Listening(writer, status, confidentiality::decrypter);
        this.ids = idsAfter(writer.lastLine().orElse(null));
        // Without the opener's thread locals and class loader, which the hook would keep as long as the JVM lives.
        this.forceAtExit = new Thread(null, this::forceAtExit, "affidavit-exit", 0, false);
        this.forceAtExit.setContextClassLoader(null);
    }

    /**
     * Opens the log.
     *
     * @param onTampering is told, once that is recorded, in what the log does not agree with its seal
     * @throws StoreException if the directory cannot be used, or the log's first event not recorded
     */
    static Trail open(TrailConfig config, FrameworkStatus status, Consumer<String> onTampering) {
        return open(config, status, onTampering, LogWriter::open);
    }

    /** The same, but without waiting for another process to let go of the directory. */
    static Trail openNow(TrailConfig config, FrameworkStatus status, Consumer<String> onTampering) {
        return open(config, status, onTampering, LogWriter::openNow);
    }

    private static Trail open(
            TrailConfig config,
            FrameworkStatus status,
            Consumer<String> onTampering,
            BiFunction<LogOptions, LogListener, LogWriter> opening) {
        StoreNotices notices = new StoreNotices(status);
        LogWriter writer = opening.apply(config.log(), notices);
        Trail trail;
        try {
            trail = new Trail(writer, config, status, InstantSource.system(), HostName.read());
        } catch (RuntimeException | Error e) {
            closeAfter(e, writer);
            throw e;
        }
        try {
            notices.giveAnchorsTo(trail.witnessing::offer);
            notices.recordWith(trail::appendReport);
            writer.tampering().ifPresent(found -> notices.tamperedBefore(found, onTampering));
            trail.begin();
            return trail;
        } catch (RuntimeException | Error e) {
            trail.abandon(e);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, LogWriter writer) {
        try {
            writer.close();
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    /** It could not begin, and nobody has used it. */
    private void abandon(Throwable failure) {
        writer.endHousekeeping(); // whom it tells something finds the trail
        registration.close();
        closeAfter(failure, writer);
        try {
            confidentiality.close();
        } catch (RuntimeException e) { // others' code
            failure.addSuppressed(e);
        }
    }

    /** Without the last one, ids go on with the clock. */
    private IdSequence idsAfter(@Nullable StoredLine last) {
        if (last == null) {
            return IdSequence.beginning();
        }
        try (Decrypter decrypter = confidentiality.decrypter()) {
            return IdSequence.after(decrypter.decrypt(last));
        } catch (Throwable e) { // keys are others' code: an Error too
            status.warn(
                    "audit log: the last line of %s cannot be read, so ids go on with the clock: %s. Give AuditEncryption the key of that line too, in an AuditOldKey"
                            .formatted(writer.directory(), e.getMessage()));
            return IdSequence.beginning();
        }
    }

    private void begin() {
        listening.configure(config.listeners());
        writer.warnings().forEach(warning -> status.warn("audit log: " + warning));
        // Before the first line: from there on others are told what the store finds, and look for this trail.
        registration = AuditTrails.register(writer.directory(), this::statistics, status);
        SealPins pins = writer.sealPins().orElse(null);
        appendReport(OwnEvents.started(writer.id(), host, pins), Durability.SYNCED);
        tellWhatToPin(pins);
        recordRecoveries();
        tellOfForgottenCursors();
        try {
            Runtime.getRuntime().addShutdownHook(forceAtExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out; who opens a log now closes it.
        }
    }

    private void tellWhatToPin(@Nullable SealPins pins) {
        if (pins != null && pins.firstEpoch() != null) {
            status.notice(
                    "audit log: %s is sealed from here on. Keep its public keys off this host, they tell whether its seals were made anew: log key %s, key of the first epoch %s"
                            .formatted(writer.directory(), pins.logKey(), pins.firstEpoch()));
        }
    }

    /** Those of earlier writers too, which came to their end before they could. */
    private void recordRecoveries() {
        for (Recovery recovery : unrecorded()) {
            status.warn("audit log: an unfinished last line was cut off: " + recovery);
            appendReport(OwnEvents.recovered(recovery), Durability.SYNCED);
            try {
                writer.recorded(recovery);
            } catch (StoreException e) { // it is said again after a restart, which does no harm
                status.warn("audit log: " + e.getMessage());
            }
        }
    }

    private List<Recovery> unrecorded() {
        try {
            return writer.unrecorded();
        } catch (StoreException e) {
            status.warn("audit log: " + e.getMessage());
            return writer.recovery().stream().toList();
        }
    }

    /** A forwarder that is configured no more keeps no file; its cursor may be a mistake, such as a changed name. */
    private void tellOfForgottenCursors() {
        List<String> forgotten = new ArrayList<>(Cursors.of(writer.directory()).names());
        forgotten.removeAll(config.log().retention().pinnedBy());
        if (!forgotten.isEmpty()) {
            status.warn(
                    ("audit log: no AuditForwarder and no externalForwarders names the cursors %s in %s; they keep no"
                                    + " files. Remove what is no longer needed: rm .affidavit/cursors/NAME.cursor")
                            .formatted(String.join(", ", forgotten), writer.directory()));
        }
    }

    /** Frameworks need not be shut down before the JVM is: what was written must not wait for the kernel to write it. */
    private void forceAtExit() {
        try {
            writer.sync(EXIT_LIMIT);
        } catch (StoreException e) {
            status.error("audit log: not forced at exit: " + e.getMessage(), e);
        }
    }

    /**
     * Records the event. CRITICAL events are synced whatever {@code durability} says.
     *
     * @throws StoreException if it is not recorded
     */
    void record(AuditEvent event, Durability durability) {
        append(
                event,
                event.effectiveSeverity() == Severity.CRITICAL ? Durability.SYNCED : durability,
                LogWriter::append);
        reportLosses(durability); // not SYNCED: who only writes must not wait for a device that hangs
        if (forwarding.isDue()) {
            startForwarding();
        }
    }

    private void appendReport(AuditEvent event, Durability durability) {
        append(event, durability, LogWriter::appendReport);
    }

    private void append(AuditEvent event, Durability durability, Appending appending) {
        EventLine line = lines.take();
        line.write(event, origin, clock.instant(), ids);
        appending.append(writer, confidentiality.of(line), durability);
        lines.give(line);
        recorded.increment();
    }

    private void reportLosses(Durability durability) {
        Losses.Unreported unreported = losses.takeUnreported();
        if (unreported != null) {
            try {
                appendReport(OwnEvents.lost(unreported), durability);
            } catch (NotForcedException e) {
                // It is said, and must not be said again.
            } catch (RuntimeException | Error e) { // the event that led here is recorded
                losses.giveBack(unreported);
            }
        }
    }

    /** Says what was lost where no log could say it. Never throws. */
    void report(Losses elsewhere) {
        if (losses.adopt(elsewhere)) {
            reportLosses(Durability.WRITTEN);
        }
    }

    /**
     * Records what the log says of itself, without waiting for a force: it may be a thread of our own. It starts no forwarder,
     * since the configuration may not be installed yet. A failure goes to the framework, since nobody called.
     */
    private void recordOwn(AuditEvent event) {
        try {
            appendReport(event, Durability.WRITTEN);
        } catch (RuntimeException | Error e) { // keys are others' code
            status.error("audit log: %s not recorded: %s".formatted(event.type(), e.getMessage()), e);
        }
    }

    /** Puts another configuration of the same directory in force. */
    void reconfigure(TrailConfig wanted) {
        TrailConfig possible = OpenSeal.inForce(config, wanted, status);
        TrailConfig next = possible.withEncryption(confidentiality.change(possible.encryption()));
        Map<String, String> changes = Settings.changes(config, next);
        config = next;
        origin = new Origin(next.service(), host);
        writer.reconfigure(next.log());
        listening.configure(next.listeners());
        if (!changes.isEmpty()) {
            recordOwn(OwnEvents.configChanged(changes));
        }
        registration.changed();
    }

    /** Starts the configured forwarders, listeners and witnesses, unless they run already. */
    void startForwarding() {
        forwarding.start(() -> {
            TrailConfig now = config;
            return new TrailForwarding.Wanted(identity(now), now.forwarders());
        });
        listening.start(identity(config));
        witnessing.configure(config.witnesses());
        registration.changed();
    }

    private void witnessChanged(WitnessChange change) {
        String words = "audit log: witness %s at %s: %s".formatted(change.witness(), change.url(), change.reason());
        switch (change.to()) {
            case DISAGREES -> status.error(words, null);
            case COSIGNING -> status.info(words);
            default -> status.warn(words);
        }
        stateEvents.changed(change);
    }

    private LogIdentity identity(TrailConfig of) {
        return new LogIdentity(writer.id(), of.service(), host);
    }

    void noteAsyncStage() {
        if (!asyncStage) {
            asyncStage = true;
            status.warn("audit appender '%s' is behind an asynchronous stage: plain loggers are not told when an event"
                            .formatted(config.name())
                    + " cannot be recorded. Attach it directly, or use AuditLogger.");
        }
    }

    /** Of the appender that was configured last. */
    String name() {
        return config.name();
    }

    /** The real path of its directory. */
    Path directory() {
        return writer.directory();
    }

    /** Whether the log takes no more events until it is opened again. */
    boolean hasFailed() {
        return writer.statistics().failed() != null;
    }

    Losses losses() {
        return losses;
    }

    TrailStatistics statistics() {
        long failed = losses.failedCount(); // before the reason: see there
        long lost = losses.lostCount();
        Losses.LastError error = losses.lastError();
        return new TrailStatistics(
                config,
                writer.directory(),
                writer.id(),
                recorded.sum(),
                failed,
                lost,
                asyncStage,
                error == null ? null : error.reason(),
                error == null ? null : error.when(),
                writer.statistics(),
                forwarding.statistics(),
                listening.statistics(),
                witnessing.statistics());
    }

    /** Says that the log stops, forces it, and lets go of the directory. */
    void close() {
        inAnyCase(stateEvents::end);
        inAnyCase(witnessing::close);
        inAnyCase(writer::endHousekeeping); // what it records stands before the last event
        // Only written, and forced when the writer closes: that wait has a limit.
        inAnyCase(() -> reportLosses(Durability.WRITTEN));
        inAnyCase(this::recordStopped);
        inAnyCase(listening::requestStop); // so that listeners and forwarders take their time at the same time
        inAnyCase(forwarding::close);
        inAnyCase(listening::close);
        inAnyCase(registration::close);
        inAnyCase(this::removeExitHook);
        inAnyCase(writer::close);
        inAnyCase(confidentiality::close);
    }

    /** Or the directory would stay taken as long as the process lives: keys, destinations and listeners are others' code. */
    private void inAnyCase(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            status.error("audit log: " + e.getMessage(), e);
        } catch (Throwable e) {
            tellOfBadEnd(e);
        }
    }

    private void tellOfBadEnd(Throwable failure) {
        try {
            status.error("audit log: not closed in order: " + failure, failure);
        } catch (Throwable e) {
            // What it says of itself, or the memory for it, must not keep the rest from being closed.
        }
    }

    /** Nothing is recorded behind it: listeners are told of all that a caller was told is recorded. */
    private void recordStopped() {
        try {
            append(
                    OwnEvents.stopped(recorded.sum(), losses.failedCount(), losses.lostCount()),
                    Durability.WRITTEN,
                    (to, line, written) -> to.appendLast(line));
        } catch (StoreException e) {
            status.error("audit log: its end is not recorded: " + e.getMessage(), e);
        }
    }

    private void removeExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(forceAtExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook runs or has run.
        }
    }

    private interface Appending {
        void append(LogWriter writer, Line line, Durability durability);
    }
}
