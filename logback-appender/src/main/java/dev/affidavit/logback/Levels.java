package dev.affidavit.logback;

import ch.qos.logback.classic.Level;
import dev.affidavit.Severity;

/** Severities as Logback's levels, and back. */
final class Levels {
    private Levels() {}

    static Level of(Severity severity) {
        return switch (severity) {
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case CRITICAL -> Level.ERROR;
        };
    }

    static Severity severity(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return Severity.CRITICAL;
        }
        return level.isGreaterOrEqual(Level.WARN) ? Severity.WARNING : Severity.INFO;
    }
}
