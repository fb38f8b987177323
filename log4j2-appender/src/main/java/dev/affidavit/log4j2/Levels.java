package dev.affidavit.log4j2;

import dev.affidavit.Severity;
import org.apache.logging.log4j.Level;

/** Severities as Log4j's levels, and back. */
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
        if (level.isMoreSpecificThan(Level.ERROR)) {
            return Severity.CRITICAL;
        }
        return level.isMoreSpecificThan(Level.WARN) ? Severity.WARNING : Severity.INFO;
    }
}
