package dev.affidavit;

/** How much an event matters. A {@link #CRITICAL} event is always on the device before its call returns. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
