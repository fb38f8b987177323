package dev.affidavit.examples.shop;

import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what its time has come: idle sessions, locks, blocks. Nobody asked for it, so there is no audit context here. */
final class Housekeeping implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final AuditLogger audit = AuditLogger.get("security");

    /** One at a time, so that whoever called it finds everything done when it returns. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Sessions sessions;
    private final Failures attempts;
    private final Failures addresses;
    private final RateLimit limit;

    Housekeeping(Sessions sessions, Failures attempts, Failures addresses, RateLimit limit) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.addresses = addresses;
        this.limit = limit;
    }

    @Override
    public void run() {
        lock.lock();
        try {
            expireSessions();
            unlockAccounts();
            unblockAddresses();
            limit.forgetOld();
        } catch (RuntimeException e) {
            log.error("housekeeping not finished, and tried again later", e);
        } finally {
            lock.unlock();
        }
    }

    private void expireSessions() {
        for (Session session : sessions.expired()) {
            if (sessions.end(session)) {
                audit.record(
                        EventType.SESSION_EXPIRED,
                        e -> e.username(session.username())
                                .sessionId(session.id())
                                .ipAddress(session.address())
                                .userAgent(session.userAgent())
                                .description("The session of '%s' was idle for too long".formatted(session.username()))
                                .detail("idle_limit_minutes", Sessions.IDLE_LIMIT.toMinutes()));
            }
        }
    }

    private void unlockAccounts() {
        for (String username : attempts.outdated()) {
            if (attempts.clear(username)) {
                audit.record(
                        EventType.AUTH_UNLOCK,
                        e -> e.username(username)
                                .objectType("account")
                                .objectName(username)
                                .description("'%s' is unlocked, the time is over".formatted(username)));
            }
        }
    }

    private void unblockAddresses() {
        for (String address : addresses.outdated()) {
            if (addresses.clear(address)) {
                audit.record(
                        EventType.IP_UNBLOCKED,
                        e -> e.ipAddress(address)
                                .objectType("address")
                                .objectName(address)
                                .description("%s is unblocked, the time is over".formatted(address)));
            }
        }
    }
}
