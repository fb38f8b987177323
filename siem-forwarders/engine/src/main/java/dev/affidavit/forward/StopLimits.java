package dev.affidavit.forward;

import java.time.Duration;

/**
 * How long stopping may take, for all forwarders of a log together.
 *
 * @param lastDeliveries for delivering what can be read
 * @param lastAnswer for the answer to the delivery that is under way then: without it, all of it is sent again after the next start
 * @param cut for a call that is cut short to return
 */
record StopLimits(Duration lastDeliveries, Duration lastAnswer, Duration cut) {
    /** A little less than the 2 s that are promised, so that it is 2 s with all. */
    static final StopLimits PROMISED =
            new StopLimits(Duration.ofMillis(1200), Duration.ofMillis(500), Duration.ofMillis(200));
}
