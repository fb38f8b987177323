package dev.affidavit.acceptance;

import java.util.regex.Pattern;

/** What tells apart the events of all runs: it is the session id of the event, and its acknowledgement. */
final class EventName {
    /** Ends in a letter, so that a name that was cut off is none. */
    static final Pattern PATTERN = Pattern.compile("run\\d+-thread\\d+-event\\d+z");

    private EventName() {}

    static String of(int run, int thread, int number) {
        return "run%d-thread%d-event%dz".formatted(run, thread, number);
    }
}
