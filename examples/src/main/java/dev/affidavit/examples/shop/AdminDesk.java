package dev.affidavit.examples.shop;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.util.Locale;

/** What administrators do: change roles and limits, take locks and blocks away. Thread-safe. */
final class AdminDesk {
    private static final AuditLogger audit = AuditLogger.get("security");

    private final Accounts accounts;
    private final Failures attempts;
    private final Failures addresses;
    private final RateLimit limit;

    AdminDesk(Accounts accounts, Failures attempts, Failures addresses, RateLimit limit) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.addresses = addresses;
        this.limit = limit;
    }

    Response changeRole(String username, Request request, Caller caller) {
        Role role = role(request.field("role"));
        if (!caller.may(Permission.ADMINISTER)) {
            audit.record(
                    EventType.PRIVILEGE_ESCALATION,
                    e -> e.failed("ACCESS-004")
                            .description("'%s' tried to make '%s' %s".formatted(caller.name(), username, role))
                            .detail("role", caller.account().role().name())
                            .detail("wanted", role.name()));
            throw new RefusedException(Response.FORBIDDEN, "you may not change roles");
        }
        return answer(accounts.change(username, account -> {
                    audit.record(
                            EventType.ALTER_ROLE,
                            e -> e.objectType("account")
                                    .objectName(username)
                                    .description("'%s' made %s by '%s'".formatted(username, role, caller.name()))
                                    .detail("before", account.role().name())
                                    .detail("after", role.name()));
                    return account.withRole(role);
                })
                .isPresent());
    }

    Response unlock(String username, Caller caller) {
        caller.require(Permission.ADMINISTER, "unlock accounts");
        if (!attempts.of(username).barred()) {
            return Response.notFound();
        }
        audit.record(
                EventType.AUTH_UNLOCK,
                e -> e.objectType("account")
                        .objectName(username)
                        .description("'%s' unlocked by '%s'".formatted(username, caller.name())));
        return answer(attempts.clear(username));
    }

    Response unblock(String address, Caller caller) {
        caller.require(Permission.ADMINISTER, "unblock addresses");
        if (!addresses.of(address).barred()) {
            return Response.notFound();
        }
        audit.record(
                EventType.IP_UNBLOCKED,
                e -> e.objectType("address")
                        .objectName(address)
                        .description("%s unblocked by '%s'".formatted(address, caller.name())));
        return answer(addresses.clear(address));
    }

    Response setLimit(Request request, Caller caller) {
        caller.require(Permission.ADMINISTER, "change limits");
        int requests = request.number("requests");
        int before = limit.requests();
        audit.record(
                EventType.SECURITY_CONFIG_CHANGE,
                e -> e.description("Rate limit changed by '%s'".formatted(caller.name()))
                        .detail("setting", "requests per minute")
                        .detail("before", before)
                        .detail("after", requests));
        limit.set(requests);
        return Response.ok("done");
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Response.BAD_REQUEST, "no such role");
        }
    }

    private static Response answer(boolean done) {
        return done ? Response.ok("done") : Response.notFound();
    }
}
