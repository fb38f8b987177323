package dev.affidavit.testkit.hostile;

/** A way for texts to an audit event. */
@FunctionalInterface
public interface Route {
    /** Logs the texts, and returns the line that they must become. */
    SaidEvent log(HostileFields fields);
}
