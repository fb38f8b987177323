package dev.affidavit.spi;

/** How a forwarder fares. */
public enum ForwarderState {
    /** It delivers, or has nothing to deliver. */
    DELIVERING,
    /** The last attempt failed; it tries again by itself. */
    RETRYING,
    /**
     * The destination refuses this client, or another forwarder has its cursor; a person has to do something. It tries
     * again now and then.
     */
    MISCONFIGURED,
    /**
     * The device refused to force what was read, so nothing may be sent. It goes on when the writer has copied these lines,
     * or the log is opened again.
     */
    HALTED,
    /** It was stopped. */
    STOPPED
}
