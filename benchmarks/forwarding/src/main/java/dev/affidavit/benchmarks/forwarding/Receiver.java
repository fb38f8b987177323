package dev.affidavit.benchmarks.forwarding;

import java.io.Closeable;
import java.time.Duration;
import java.util.Map;

/** What the events go to, on this machine, started for one measurement. */
interface Receiver extends Closeable {
    /** The options of the forwarder that reaches it, {@code to} included. */
    Map<String, String> options();

    /** System properties to which options refer. */
    default Map<String, String> systemProperties() {
        return Map.of();
    }

    /** How many events it has. */
    long count();

    /** How often it may be asked, so that the answers cost little beside what is measured. */
    default Duration interval() {
        return Duration.ofMillis(10);
    }

    @Override
    void close();
}
