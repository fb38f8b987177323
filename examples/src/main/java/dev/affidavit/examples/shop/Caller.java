package dev.affidavit.examples.shop;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;

/** Who sent a request: an account with a session. */
record Caller(Account account, Session session) {
    private static final AuditLogger audit = AuditLogger.get("security");

    String name() {
        return account.name();
    }

    boolean may(Permission permission) {
        return account.role().may(permission);
    }

    /** @throws RefusedException if the caller may not do {@code what}, which is then recorded */
    void require(Permission permission, String what) {
        if (!may(permission)) {
            audit.record(
                    EventType.ACCESS_DENIED,
                    e -> e.failed("ACCESS-001")
                            .description("%s '%s' may not %s".formatted(account.role(), name(), what))
                            .detail("permission", permission.name())
                            .detail("role", account.role().name()));
            throw new RefusedException(Response.FORBIDDEN, "you may not " + what);
        }
    }
}
