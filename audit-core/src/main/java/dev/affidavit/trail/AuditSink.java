package dev.affidavit.trail;

import dev.affidavit.AuditEvent;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.OnFailure;
import dev.affidavit.config.ParsedConfig;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.config.TrailConfigParser;
import dev.affidavit.mapping.CallMapper;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogCall;
import dev.affidavit.spi.Receipt;
import dev.affidavit.spi.ShutdownHandler;
import dev.affidavit.store.LogClosedException;
import dev.affidavit.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that an appender does, but for what only its framework knows: opens the trail, picks out audit events, records
 * them and answers for it. Thread-safe.
 *
 * <p>A sink is never absent. If the configuration has problems, or its directory cannot be used, the sink refuses: every
 * audit event fails under the failure policy, with the problems in the message. A directory is tried again by later
 * events, a configuration is not.
 */
public final class AuditSink implements AutoCloseable {
    /** How many events this thread is recording, one within the other. Of no class of ours: pooled threads outlive them. */
    private static final ThreadLocal<int[]> AT_WORK = ThreadLocal.withInitial(() -> new int[1]);

    private final TrailConfig config;
    private final CallMapper mapper;
    private final FailurePolicy policy;
    private final Lease lease;
    /** What was lost while there was no trail. */
    private final Losses lossesWithoutTrail;

    /** The same for every sink of one log, so that a reconfiguration does not record an event twice. */
    private final Path claimant;

    private AuditSink(TrailConfig config, CallMapper mapper, FailurePolicy policy, Lease lease) {
        this.config = config;
        this.mapper = mapper;
        this.policy = policy;
        this.lease = lease;
        this.lossesWithoutTrail = TrailRegistry.lossesWithoutTrail(config.name());
        this.claimant = TrailRegistry.realPath(config.log().directory());
    }

    /**
     * Opens the sink of one appender. Never throws for what the configuration says or the disk does: see {@link
     * #problems()}. Waits, at most the lock timeout, for a directory that another process holds.
     *
     * @param node the appender's configuration
     * @param problemsSoFar what the appender itself found wrong with it
     * @param status may throw
     */
    public static AuditSink open(ConfigNode node, List<String> problemsSoFar, FrameworkStatus status) {
        ClassLoader loader = AuditSink.class.getClassLoader();
        return open(
                node,
                problemsSoFar,
                FrameworkStatus.guarded(status),
                problems -> Services.shutdownHandler(loader, problems),
                System::nanoTime);
    }

    /** @param shutdown finds what ends the application; its argument gets what is wrong with that */
    static AuditSink open(
            ConfigNode node,
            List<String> problemsSoFar,
            FrameworkStatus status,
            Function<List<String>, ShutdownHandler> shutdown,
            LongSupplier nanoTime) {
        ParsedConfig parsed = TrailConfigParser.parse(
                node,
                Services.destinations(status),
                Services.listeners(status),
                Services.encryption(status).orElse(null));
        TrailConfig config = parsed.config();
        List<String> problems = new ArrayList<>(problemsSoFar);
        problems.addAll(parsed.problems());
        if (!config.forwarders().isEmpty() && Services.engine(status).isEmpty()) {
            problems.add("AuditForwarder: affidavit-forwarder-engine is not on the class path");
        }
        ShutdownHandler handler = config.onFailure() == OnFailure.SHUTDOWN ? shutdown.apply(problems) : new Halt();
        FailurePolicy policy = new FailurePolicy(config, status, handler);
        Lease lease = Lease.open(config, status, policy::onTampering, nanoTime, problems);
        for (String problem : lease.problems()) {
            status.error("audit appender '%s' refuses every event: %s".formatted(config.name(), problem), null);
        }
        return new AuditSink(config, new CallMapper(config.marker(), config.contextKeys()), policy, lease);
    }

    /** What is wrong with the configuration or the directory; empty if this sink records. */
    public List<String> problems() {
        return lease.problems();
    }

    /** The name of the appender. */
    public String name() {
        return config.name();
    }

    /** The configuration is in force: forwarders may start, and log through the framework themselves. */
    public void installed() {
        Trail trail = lease.heldTrail();
        if (trail != null) {
            trail.startForwarding();
        }
    }

    /**
     * Records the call if it is an audit event. When this returns normally, the event is as safe as the durability says,
     * or the failure policy let it go.
     *
     * @throws dev.affidavit.AuditException if the event was not recorded and the policy is {@code fail-operation};
     *     never on another thread than the caller's
     */
    public void accept(LogCall call) {
        if (!mapper.isAudit(call)) {
            return;
        }
        boolean onCallersThread = call.isOnCallersThread();
        AuditEvent said = call.event();
        Receipt receipt = said == null ? null : said.receipt().orElse(null);
        if (receipt != null && !receipt.claim(claimant)) {
            return;
        }
        Trail trail = null;
        try {
            trail = lease.trail();
            record(call, onCallersThread, trail);
        } catch (LogClosedException e) {
            if (receipt == null) {
                refuseAtTheEnd(e, onCallersThread);
            } else {
                receipt.release(claimant); // unanswered: the logger repeats it until the next sink is there
            }
            return;
        } catch (Throwable e) { // an Error out of the event's own objects too: nobody else would tell the caller
            policy.onFailure(e, onCallersThread, receipt, losses(trail));
            return;
        }
        if (receipt != null) {
            receipt.recorded();
        }
    }

    /**
     * Whether this thread is recording an event, so that a call that it makes comes out of that event's own objects. A
     * framework may keep that call from every appender, or put it into a queue that this thread empties.
     */
    public static boolean isAtWorkOnThisThread() {
        return AT_WORK.get()[0] > 0;
    }

    private void record(LogCall call, boolean onCallersThread, @Nullable Trail trail) {
        if (trail == null) {
            throw new StoreException(
                    "audit appender '%s' refuses: %s".formatted(config.name(), String.join("; ", lease.problems())));
        }
        if (!onCallersThread) {
            trail.noteAsyncStage();
        }
        int[] atWork = AT_WORK.get();
        atWork[0]++;
        try {
            trail.record(mapper.map(call), config.durability());
        } finally {
            atWork[0]--;
        }
        policy.succeeded();
        trail.report(lossesWithoutTrail);
    }

    /** A sink that was closed in order is no failure to end the application for. The next trail says what was lost. */
    private void refuseAtTheEnd(LogClosedException closed, boolean onCallersThread) {
        if (lease.isClosed()) {
            policy.onEnd(closed, onCallersThread, lossesWithoutTrail);
        } else {
            policy.onFailure(closed, onCallersThread, null, lossesWithoutTrail);
        }
    }

    private Losses losses(@Nullable Trail trail) {
        return trail == null ? lossesWithoutTrail : trail.losses();
    }

    /** Lets go of the trail; the last sink closes it, and forces what was written. Closing twice does nothing more. */
    @Override
    public void close() {
        lease.close();
    }
}
