package dev.affidavit.forward;

import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.FrameworkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a forwarder fares. The framework and the watch are told of the first of several failures and of their end, not of
 * each: an outage of days is told twice. Nor of each of many short ones: to tell of a failure is an event to deliver, and
 * a destination that fails at every other one must not keep itself busy. Used by one thread; {@link #now} by any.
 */
final class Health {
    /** How long one that was told of, has ended and has come again is kept quiet about: it is told of if it lasts. */
    static final Duration QUIET = Duration.ofMinutes(1);
    /** A reason goes to an event, which should stay readable; a destination may put a whole page into it. */
    private static final int MAX_REASON = 500;

    private final String forwarder;
    private final String destination;
    private final FrameworkStatus status;
    private final ForwarderWatch watch;
    private final Surroundings surroundings;

    private final Map<ForwarderState, Long> toldAt = new EnumMap<>(ForwarderState.class);
    private ForwarderState told = ForwarderState.DELIVERING;
    private long failures;
    private volatile Condition now;

    Health(Job job, Surroundings surroundings) {
        this.forwarder = job.forwarder();
        this.destination = job.destination();
        this.status = job.status();
        this.watch = job.watch();
        this.surroundings = surroundings;
        this.now = new Condition(ForwarderState.DELIVERING, surroundings.clock().instant(), null);
    }

    /** An attempt failed, and will be made again. */
    void failed(ForwarderState state, Throwable cause) {
        failures++;
        String reason = reason(cause);
        enter(state, reason);
        if (told != state && isQuietOver(state)) {
            status.error(problem(state).formatted(forwarder, destination, reason), cause);
            tell(state, reason);
        }
    }

    private static String problem(ForwarderState state) {
        return switch (state) {
            case MISCONFIGURED ->
                "forwarder '%s' is kept from delivering to %s: %s. It tries again now and then, but somebody has to mend"
                        + " that; the log keeps every event.";
            case HALTED -> "forwarder '%s' sends nothing to %s: %s";
            default ->
                "forwarder '%s' cannot deliver to %s: %s. It tries again until it can; the log keeps every event.";
        };
    }

    private boolean isQuietOver(ForwarderState state) {
        Long last = toldAt.get(state);
        return last == null || surroundings.nanos().getAsLong() - last >= QUIET.toNanos();
    }

    void delivered() {
        long ended = failures;
        failures = 0;
        enter(ForwarderState.DELIVERING, now.lastError());
        if (told != ForwarderState.DELIVERING) {
            status.info("forwarder '%s' delivers to %s again, after %d failed attempt(s)"
                    .formatted(forwarder, destination, ended));
            tell(ForwarderState.DELIVERING, null);
        }
    }

    /** Its end, which whoever stops it knows of. */
    void stopped() {
        enter(ForwarderState.STOPPED, now.lastError());
    }

    private void enter(ForwarderState state, @Nullable String lastError) {
        Condition before = now;
        Instant since =
                before.state() == state ? before.since() : surroundings.clock().instant();
        now = new Condition(state, since, lastError);
    }

    private void tell(ForwarderState state, @Nullable String reason) {
        ForwarderChange change = new ForwarderChange(forwarder, destination, told, state, reason);
        told = state;
        toldAt.put(state, surroundings.nanos().getAsLong());
        try {
            watch.changed(change);
        } catch (RuntimeException | Error e) {
            // What is told is not worth a forwarder.
        }
    }

    /** Whether the last attempt failed. */
    boolean isFailing() {
        return failures > 0;
    }

    Condition now() {
        return now;
    }

    static String reason(Throwable cause) {
        String reason;
        try {
            String message = cause.getMessage();
            reason = String.valueOf(message == null ? cause.toString() : message);
        } catch (Throwable e) { // a destination's own exception, with whatever its code throws
            reason = cause.getClass().getName();
        }
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
    }

    /**
     * A state.
     *
     * @param lastError of the whole run
     */
    record Condition(
            ForwarderState state, Instant since, @Nullable String lastError) {}
}
