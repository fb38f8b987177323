package dev.affidavit.forward.splunk;

import java.time.Duration;

/** The pause before a request while Splunk says that it would like less: ever longer, until it does not. Not thread-safe. */
final class Throttle {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Splunk refuses when it must; this only keeps it from that. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration pause = Duration.ZERO;

    void taken(Meaning meaning) {
        if (meaning != Meaning.TAKEN_SLOW_DOWN) {
            pause = Duration.ZERO;
        } else if (pause.isZero()) {
            pause = FIRST;
        } else {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
    }

    Duration pause() {
        return pause;
    }
}
