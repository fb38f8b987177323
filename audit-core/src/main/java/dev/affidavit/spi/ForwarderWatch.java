package dev.affidavit.spi;

/** Is told when the state of a forwarder changes, once for each change, on the forwarder's thread. Must not block. */
public interface ForwarderWatch {
    /** Sees nothing. */
    ForwarderWatch NONE = change -> {};

    void changed(ForwarderChange change);
}
