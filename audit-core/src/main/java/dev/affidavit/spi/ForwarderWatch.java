package dev.affidavit.spi;

/**
 * Is told when the state of a forwarder changes, once for each change, on the forwarder's thread. A change for the worse
 * that comes again within a minute is told if it lasts that long; not told is {@link ForwarderState#STOPPED}. Must not
 * block.
 */
public interface ForwarderWatch {
    /** Sees nothing. */
    ForwarderWatch NONE = change -> {};

    void changed(ForwarderChange change);
}
