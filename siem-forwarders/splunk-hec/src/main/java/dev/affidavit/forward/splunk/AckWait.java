package dev.affidavit.forward.splunk;

import java.time.Duration;

/**
 * How acknowledgements are waited for.
 *
 * @param timeout after which events are sent again
 * @param interval the longest time between two questions
 */
record AckWait(Duration timeout, Duration interval) {}
