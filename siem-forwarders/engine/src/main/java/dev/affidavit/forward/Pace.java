package dev.affidavit.forward;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.UndecryptableLineException;
import dev.affidavit.store.NotForcedException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a forwarder waits after what, and what state that is. Not thread-safe. */
final class Pace {
    /** How soon a new event is seen: short beside what a network takes, long beside what looking costs. */
    static final Duration IDLE = Duration.ofMillis(50);
    /** The longest pause that a destination is granted: what it asks for may be nonsense, or an attack. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    /** Between attempts at a destination that refuses this client: a person has to act, and sees no flood of failures. */
    static final Duration MISCONFIGURED = Duration.ofMinutes(5);
    /** Between looks whether lines that the device refused are safe elsewhere: the writer copies them at once. */
    static final Duration HALTED = Duration.ofSeconds(1);
    /** Between looks at a cursor that another forwarder holds: it is free within this time of the other's end. */
    static final Duration CURSOR_IN_USE = Duration.ofSeconds(5);
    /** Between attempts at a line whose key is missing: somebody may add it at any time, or a service have it again. */
    static final Duration KEY_MISSING = Duration.ofSeconds(5);

    private final Backoff backoff;

    Pace(RandomGenerator random) {
        this.backoff = new Backoff(random);
    }

    /** The wait after one more failure. Part of it is random, so that many clients do not call at once. */
    Duration after(Throwable failure) {
        if (failure instanceof CursorInUseException) {
            return CURSOR_IN_USE;
        }
        if (failure instanceof NotForcedException) {
            return HALTED;
        }
        if (failure instanceof UndecryptableLineException) {
            return KEY_MISSING;
        }
        Duration asked = Duration.ZERO;
        if (failure instanceof DestinationBusyException busy) {
            asked = busy.retryAfter().compareTo(LONGEST_PAUSE) < 0 ? busy.retryAfter() : LONGEST_PAUSE;
        } else if (failure instanceof MisconfiguredDestinationException) {
            asked = MISCONFIGURED;
        }
        return asked.plus(backoff.next());
    }

    static ForwarderState stateAfter(Throwable failure) {
        if (failure instanceof NotForcedException) {
            return ForwarderState.HALTED;
        }
        return failure instanceof MisconfiguredDestinationException
                        || failure instanceof CursorInUseException
                        || failure instanceof LogReplacedException
                        || failure instanceof UndecryptableLineException
                ? ForwarderState.MISCONFIGURED
                : ForwarderState.RETRYING;
    }

    /** Whether a destination that threw this may be used again as it is. */
    static boolean keepsConnection(Throwable failure) {
        return failure instanceof DestinationBusyException
                || failure instanceof CursorInUseException
                || failure instanceof NotForcedException
                || failure instanceof UndecryptableLineException;
    }

    /** To be called after a success. */
    void reset() {
        backoff.reset();
    }
}
