package dev.affidavit.store;

/** What ends a process. */
enum Crash {
    /** The kernel has all that was written. */
    KILL,
    /** Only the device is left. */
    POWER_CUT
}
