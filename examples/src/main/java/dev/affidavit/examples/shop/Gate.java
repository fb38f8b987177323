package dev.affidavit.examples.shop;

import dev.affidavit.AuditContext;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.util.Optional;

/** What each request must pass: its address is not barred and not too busy, and its session is good. Thread-safe. */
final class Gate {
    private static final AuditLogger audit = AuditLogger.get("security");

    private final Failures addresses;
    private final RateLimit limit;
    private final Sessions sessions;
    private final Accounts accounts;

    Gate(Failures addresses, RateLimit limit, Sessions sessions, Accounts accounts) {
        this.addresses = addresses;
        this.limit = limit;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /**
     * Lets the request in, or not.
     *
     * @throws RefusedException if its address is barred or sends too much
     */
    void admit(Request request) {
        if (addresses.of(request.address()).barred()) {
            throw new RefusedException(Response.FORBIDDEN, "your address is blocked");
        }
        RateLimit.Verdict verdict = limit.count(request.address());
        if (verdict == RateLimit.Verdict.FIRST_REFUSED) {
            audit.record(
                    EventType.RATE_LIMIT_HIT,
                    e -> e.failed("RATE-001")
                            .description("%s sent more than %d requests in a minute"
                                    .formatted(request.address(), limit.requests()))
                            .detail("limit", limit.requests())
                            .detail("window_seconds", RateLimit.WINDOW.toSeconds()));
        }
        if (verdict != RateLimit.Verdict.ADMITTED) {
            throw new RefusedException(Response.of(Response.TOO_MANY_REQUESTS, "too many requests")
                    .with("Retry-After", Long.toString(RateLimit.WINDOW.toSeconds())));
        }
    }

    /**
     * Finds out who sent the request, and says so in {@code who}.
     *
     * @throws RefusedException if it comes without a session that is good
     */
    Caller identify(Request request, AuditContext who) {
        Session session = request.token().flatMap(sessions::find).orElse(null);
        Optional<Account> account = session == null ? Optional.empty() : accounts.find(session.username());
        if (session == null || account.isEmpty()) {
            audit.record(
                    EventType.UNAUTHORIZED_ACCESS,
                    e -> e.failed("ACCESS-002")
                            .description("%s %s without a session".formatted(request.method(), request.path())));
            throw new RefusedException(Response.UNAUTHENTICATED, "log in first");
        }
        who.username(session.username()).sessionId(session.id());
        refuseExpired(session);
        refuseStolen(session, request);
        sessions.touch(session);
        return new Caller(account.get(), session);
    }

    private void refuseExpired(Session session) {
        if (!sessions.isExpired(session)) {
            return;
        }
        if (sessions.end(session)) {
            audit.record(
                    EventType.SESSION_EXPIRED,
                    e -> e.description("The session of '%s' was idle for too long".formatted(session.username()))
                            .detail("idle_limit_minutes", Sessions.IDLE_LIMIT.toMinutes()));
        }
        throw new RefusedException(Response.UNAUTHENTICATED, "your session has expired");
    }

    /** A browser does not change in the middle of a session, and in this shop an address does not either. */
    private void refuseStolen(Session session, Request request) {
        if (session.address().equals(request.address()) && session.userAgent().equals(request.userAgent())) {
            return;
        }
        boolean ended = sessions.end(session);
        audit.record(
                EventType.SESSION_HIJACK,
                e -> e.failed("SESSION-001")
                        .description("The session of '%s' was used by somebody else".formatted(session.username()))
                        .detail("expected_ip_address", session.address())
                        .detail("expected_user_agent", session.userAgent()));
        if (ended) {
            audit.record(
                    EventType.SESSION_DESTROYED,
                    e -> e.description("The session of '%s' was ended to protect it".formatted(session.username()))
                            .detail("reason", "hijack"));
        }
        throw new RefusedException(Response.UNAUTHENTICATED, "log in again");
    }
}
