package dev.affidavit.examples.shop;

import dev.affidavit.AuditContext;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Logs people in and out. Who fails waits longer each time, and is then locked out. Thread-safe. */
final class LoginDesk {
    static final int FAILURES_BEFORE_DELAY = 3;

    private static final AuditLogger audit = AuditLogger.get("security");

    private final Accounts accounts;
    private final Sessions sessions;
    private final Failures attempts;
    private final Failures addresses;
    private final InstantSource time;

    LoginDesk(Accounts accounts, Sessions sessions, Failures attempts, Failures addresses, InstantSource time) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.attempts = attempts;
        this.addresses = addresses;
        this.time = time;
    }

    Response login(Request request, AuditContext who) {
        String username = request.field("username");
        String password = request.field("password");
        who.username(username);
        refuseLocked(username);
        refuseTooEarly(username);
        Optional<Account> account = accounts.authenticate(username, password);
        if (account.isEmpty()) {
            return failed(username, request.address());
        }
        attempts.clear(username);
        if (account.get().role() == Role.DECOY) {
            return decoyTaken(username);
        }
        return welcome(username, request, who);
    }

    Response logout(Caller caller) {
        if (sessions.end(caller.session())) {
            audit.record(
                    EventType.SESSION_DESTROYED,
                    e -> e.description("User '%s' logged out".formatted(caller.name()))
                            .detail("reason", "logout"));
        }
        return Response.ok("bye");
    }

    private Response welcome(String username, Request request, AuditContext who) {
        String token = Sessions.newToken();
        Session session = sessions.forToken(token, username, request.address(), request.userAgent());
        who.sessionId(session.id());
        audit.record(
                EventType.AUTH_SUCCESS,
                e -> e.description("User '%s' authenticated successfully".formatted(username))
                        .detail("auth_method", "password"));
        audit.record(
                EventType.SESSION_CREATED,
                e -> e.description("Session of '%s' established".formatted(username))
                        .detail("idle_limit_minutes", Sessions.IDLE_LIMIT.toMinutes()));
        sessions.begin(session); // last: what cannot be recorded does not happen
        return Response.ok("welcome, " + username)
                .with("Set-Cookie", Request.SESSION_COOKIE + "=" + token + "; HttpOnly; SameSite=Strict; Path=/");
    }

    private void refuseLocked(String username) {
        if (attempts.of(username).barred()) {
            audit.record(
                    EventType.AUTH_FAILURE,
                    e -> e.failed("AUTH-002").description("'%s' tried to log in while locked out".formatted(username)));
            throw new RefusedException(Response.LOCKED, "locked, try again later");
        }
    }

    private void refuseTooEarly(String username) {
        Failures.Standing standing = attempts.of(username);
        Instant earliest = standing.last().plus(delay(standing.failures()));
        if (time.instant().isBefore(earliest)) {
            audit.record(
                    EventType.AUTH_FAILURE,
                    e -> e.failed("AUTH-003")
                            .description("'%s' did not wait before the next attempt".formatted(username)));
            throw new RefusedException(tooEarly("wait before the next attempt", standing.failures()));
        }
    }

    private Response failed(String username, String address) {
        audit.record(
                EventType.AUTH_FAILURE,
                e -> e.failed("AUTH-001").description("Wrong user name or password for '%s'".formatted(username)));
        Failures.Standing standing = attempts.add(username);
        if (standing.barred()) {
            audit.record(
                    EventType.AUTH_LOCKOUT,
                    e -> e.description("'%s' is locked out after %d failures".formatted(username, standing.failures()))
                            .detail("failures", standing.failures())
                            .detail("minutes", Shop.LOCKOUT.toMinutes()));
        }
        blockIfTooMany(address);
        return answer(standing);
    }

    private Response answer(Failures.Standing standing) {
        Duration delay = delay(standing.failures());
        if (standing.barred() || delay.isZero()) {
            return Response.of(Response.UNAUTHENTICATED, "wrong user name or password");
        }
        audit.record(
                EventType.PROGRESSIVE_DELAY,
                e -> e.description("The next attempt must wait for %d s".formatted(delay.toSeconds()))
                        .detail("failures", standing.failures())
                        .detail("delay_ms", delay.toMillis()));
        return tooEarly("wrong user name or password", standing.failures());
    }

    private void blockIfTooMany(String address) {
        Failures.Standing standing = addresses.add(address);
        if (standing.barred()) {
            audit.record(
                    EventType.IP_BLOCKED,
                    e -> e.description("%s is blocked after %d failed logins".formatted(address, standing.failures()))
                            .detail("failures", standing.failures())
                            .detail("minutes", Shop.BLOCK.toMinutes()));
        }
    }

    private static Response decoyTaken(String username) {
        audit.record(
                EventType.SYSTEM_COMPROMISE,
                e -> e.failed("AUTH-004")
                        .description(
                                "The password of the decoy '%s' was used: stored passwords leaked".formatted(username))
                        .detail("indicator", "decoy account"));
        return Response.of(Response.UNAUTHENTICATED, "wrong user name or password");
    }

    /** One second, two, four and so on from the third failure on. */
    private static Duration delay(int failures) {
        return failures < FAILURES_BEFORE_DELAY
                ? Duration.ZERO
                : Duration.ofSeconds(1L << Math.min(failures - FAILURES_BEFORE_DELAY, 10));
    }

    private static Response tooEarly(String reason, int failures) {
        int status = Response.TOO_MANY_REQUESTS;
        return Response.of(status, reason)
                .with("Retry-After", Long.toString(delay(failures).toSeconds()));
    }
}
