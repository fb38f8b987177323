package dev.affidavit.statistics;

/** One forwarder, as JMX shows it: {@code ForwarderStatistics} in the types that JMX has. */
public interface ForwarderInfo {
    String getName();

    /** Where to, without secrets. */
    String getDestination();

    /** {@code DELIVERING}, {@code RETRYING}, {@code MISCONFIGURED}, {@code HALTED} or {@code STOPPED}. */
    String getState();

    /** When it came into that state: ISO 8601 in UTC. */
    String getSince();

    boolean isConnected();

    long getDelivered();

    /** Lines that went to the dead letters. */
    long getRefused();

    /** Attempts that failed. */
    long getFailures();

    /** Lines delivered a second, over the last minute. */
    double getPerSecond();

    /** Bytes of the log that are not delivered yet; -1 if that cannot be told. */
    long getLagBytes();

    /** How old the oldest line is that is not delivered yet, in seconds; 0 if there is none; -1 if that cannot be told. */
    double getLagSeconds();

    /** Empty if there was none. */
    String getLastError();
}
