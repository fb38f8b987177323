package dev.affidavit.forward.agent;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.forward.Engine;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.LogExtent;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoreException;
import dev.affidavit.trail.HostName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the forwarders of one log until it is stopped, or until what is there is delivered. Used by one thread, but for {@link #stop}. */
final class Agent {
    /** Between looks for a log, and at how far the forwarders are: a person waits for either. */
    private static final Duration LOOK = Duration.ofMillis(200);
    /** Between looks whether the directory holds another log: the forwarders send nothing of that by themselves. */
    private static final Duration REPLACED_LOOK = Duration.ofSeconds(1);
    /**
     * What ends by itself has ended by then: a device that refuses, once the writer has copied the lines, and a cursor that is
     * in use, once an application that is being restarted lets go of it. The engine looks after 5 s at the latest.
     */
    static final Duration PASSING = Duration.ofSeconds(7);
    /** The engine ends within this time; the rest ends with the JVM. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final FrameworkStatus status;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Agent(AgentConfig config, FrameworkStatus status, InstantSource clock) {
        this.config = config;
        this.status = status;
        this.clock = clock;
    }

    /** Waits for the log if it is not there yet, and forwards it, or another that takes its place, until {@link #stop}. */
    void run() throws InterruptedException {
        try {
            LogIdentity log = awaitLog();
            while (log != null) {
                LogIdentity forwarded = log;
                forward(forwarded, forwarding -> awaitEnd(forwarded, forwarding));
                log = isStoppedWithin(Duration.ZERO) ? null : awaitLog();
            }
        } finally {
            ended.countDown();
        }
    }

    /**
     * Forwards what is in the log now.
     *
     * @return false if somebody has to act before the rest can be delivered
     * @throws StoreException if there is no log
     */
    boolean runOnce() throws InterruptedException {
        try {
            LogIdentity log = identity();
            Backlog backlog = Backlog.of(config.directory());
            return forward(log, forwarding -> awaitDelivery(backlog, forwarding));
        } finally {
            ended.countDown();
        }
    }

    /** Null if it was stopped before there was one. */
    private @Nullable LogIdentity awaitLog() throws InterruptedException {
        String said = "";
        do {
            try {
                return identity();
            } catch (StoreException e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(said)) {
                    status.warn("%s. Waiting for a log there that this user may read.".formatted(reason));
                }
                said = reason;
            }
        } while (!isStoppedWithin(LOOK));
        return null;
    }

    private LogIdentity identity() {
        try (LogReader reader = LogReader.fromOldest(config.directory())) {
            return new LogIdentity(reader.logId(), config.service(), HostName.read());
        }
    }

    private boolean forward(LogIdentity log, Wait wait) throws InterruptedException {
        status.info("forwarding %s, log %s".formatted(config.directory(), log.logId()));
        if (config.from() != null) {
            try (Beginning beginning =
                    new Beginning(config.directory(), config.from(), config.decrypter(log.logId()), status)) {
                config.forwarders().stream().map(ForwarderConfig::name).forEach(beginning::of);
            }
        }
        Forwarding forwarding = new Engine()
                .start(
                        config.directory(),
                        log,
                        () -> config.decrypter(log.logId()),
                        config.forwarders(),
                        status,
                        ForwarderWatch.NONE);
        try (forwarding) {
            return wait.on(forwarding);
        } finally {
            say(forwarding);
        }
    }

    /** Until it is stopped, or the directory holds another log. */
    private boolean awaitEnd(LogIdentity log, Forwarding forwarding) throws InterruptedException {
        boolean tells = !config.statusInterval().isZero();
        Duration look =
                tells && config.statusInterval().compareTo(REPLACED_LOOK) < 0 ? config.statusInterval() : REPLACED_LOOK;
        Duration silent = Duration.ZERO;
        while (!isStoppedWithin(look)) {
            if (isReplaced(log)) {
                status.warn(
                        "%s was replaced: it holds another log now than %s. The forwarders begin anew with that one."
                                .formatted(config.directory(), log.logId()));
                return true;
            }
            silent = silent.plus(look);
            if (tells && silent.compareTo(config.statusInterval()) >= 0) {
                say(forwarding);
                silent = Duration.ZERO;
            }
        }
        return true;
    }

    private boolean isReplaced(LogIdentity log) {
        try {
            return !LogExtent.of(config.directory()).logId().equals(log.logId());
        } catch (StoreException e) {
            return false; // it cannot be read, as the forwarders say
        }
    }

    /** A forwarder that only a person can help keeps none of the others from delivering. */
    private boolean awaitDelivery(Backlog backlog, Forwarding forwarding) throws InterruptedException {
        while (!isStoppedWithin(LOOK)) {
            List<ForwarderStatistics> late = forwarding.statistics().stream()
                    .filter(forwarder -> !backlog.isSettledBy(forwarder.name()))
                    .toList();
            if (late.stream().allMatch(this::needsAPerson)) {
                return late.isEmpty();
            }
        }
        return true;
    }

    private boolean needsAPerson(ForwarderStatistics forwarder) {
        return (forwarder.state() == ForwarderState.MISCONFIGURED || forwarder.state() == ForwarderState.HALTED)
                && !clock.instant().isBefore(forwarder.since().plus(PASSING));
    }

    private void say(Forwarding forwarding) {
        forwarding.statistics().forEach(forwarder -> status.info(forwarder.summary()));
    }

    private boolean isStoppedWithin(Duration time) throws InterruptedException {
        return stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops it, and returns when it has ended; after 2 s at the latest, whatever it is doing. */
    void stop() {
        stop.countDown();
        try {
            ended.await(STOP_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while forwarders are at work. */
    private interface Wait {
        boolean on(Forwarding forwarding) throws InterruptedException;
    }
}
