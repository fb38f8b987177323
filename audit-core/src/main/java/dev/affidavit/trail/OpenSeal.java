package dev.affidavit.trail;

import dev.affidavit.config.TrailConfig;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.store.SealOptions;

/** What another configuration can change of the seal of an open log: how often, but not whether, nor under which name. */
final class OpenSeal {
    private OpenSeal() {}

    /** The next configuration as far as it can be put in force; says of the rest that it waits for the next start. */
    static TrailConfig inForce(TrailConfig open, TrailConfig next, FrameworkStatus status) {
        SealOptions is = open.log().seal();
        SealOptions wanted = next.log().seal();
        if (is == null && wanted == null) {
            return next;
        }
        if (is == null || wanted == null) {
            status.warn(
                    "audit log: %s is open and %s"
                            .formatted(
                                    open.log().directory(),
                                    is == null
                                            ? "is not sealed: AuditSeal was turned on, which takes effect when the log is opened next time; restart the application"
                                            : "goes on being sealed: AuditSeal was turned off, and a sealed log stays one. Turn it on again, or begin an unsealed log in another directory; with seals turned off this one would be refused at the next start"));
            return next.withLog(next.log().withSeal(is));
        }
        if (!is.origin().equals(wanted.origin())) {
            status.warn(
                    "audit log: %s is open and sealed as %s: AuditSeal.origin is %s now, and a log keeps its origin. Set it back, or begin a new log in another directory; with the other one the log would be refused at the next start"
                            .formatted(open.log().directory(), is.origin(), wanted.origin()));
        }
        SealOptions possible = new SealOptions(is.origin(), wanted.interval(), wanted.anchorInterval());
        return next.withLog(next.log().withSeal(possible));
    }
}
