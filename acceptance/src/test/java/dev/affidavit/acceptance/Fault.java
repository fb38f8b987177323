package dev.affidavit.acceptance;

import java.util.Optional;

/**
 * What one system call meets.
 *
 * @param call its name
 * @param at which one of this name, over all threads, from 1 on
 */
record Fault(String call, int at, Kind kind) {
    /** Meets nothing. */
    static final Fault NONE = new Fault("none", 0, Kind.EIO);

    /** As faults.c knows them. */
    enum Kind {
        EIO("Input/output error"),
        ENOSPC("No space left on device"),
        EINTR("Interrupted system call"),
        EMFILE("Too many open files"),
        /** A real one: half of the bytes are written. */
        SHORT,
        /** The same, and there is no room for the rest. */
        TORN("No space left on device"),
        DELAY,
        KILL_BEFORE,
        KILL_AFTER;

        private final String said;

        Kind() {
            this("");
        }

        Kind(String said) {
            this.said = said;
        }

        /** What Linux calls it; empty if it is no error. */
        Optional<String> said() {
            return said.isEmpty() ? Optional.empty() : Optional.of(said);
        }

        boolean kills() {
            return this == KILL_BEFORE || this == KILL_AFTER;
        }

        /** Whether it is none that a program has to notice. */
        boolean isHarmless() {
            return this == SHORT || this == DELAY;
        }

        boolean meets(String call) {
            return call.equals("write") || (this != SHORT && this != TORN);
        }
    }

    @Override
    public String toString() {
        return "%s %d %s".formatted(call, at, kind);
    }
}
