package dev.affidavit.application;

import dev.affidavit.AuditContext;
import dev.affidavit.EventType;
import java.util.List;

/** What an application does while it is up: it records events in every way there is. */
public final class Work {
    private final PlainLogger plain;

    public Work(PlainLogger plain) {
        this.plain = plain;
    }

    public void run() {
        Calls.make("lambda", Work::lambda);
        Calls.make("builder", Work::builder);
        Calls.make("context", Work::context);
        Calls.make("plain", this::plain);
        Calls.make("thrown", this::thrown);
        Calls.make("no audit", () -> plain.info("no audit"));
    }

    private static void lambda() {
        Calls.AUDIT.record(
                EventType.AUTH_SUCCESS,
                event -> event.username("alice")
                        .sessionId("sess_abc123")
                        .ipAddress("192.168.1.100")
                        .port(5432)
                        .userAgent("syndrdb-cli/1.0")
                        .description("lambda")
                        .detail("auth_method", "password")
                        .detail("roles", List.of("admin", 7)));
    }

    private static void builder() {
        Calls.AUDIT
                .event(EventType.AUTH_FAILURE)
                .username("bob")
                .description("builder")
                .failed("AUTH-001")
                .log();
    }

    private static void context() {
        try (AuditContext who = AuditContext.open()) {
            who.username("carol").ipAddress("10.0.0.7");
            Calls.AUDIT.record(EventType.SESSION_HIJACK, event -> event.description("context"));
        }
    }

    private void plain() {
        plain.context("username", "dave");
        plain.audit(EventType.SELECT, "plain", null);
        plain.context("username", null);
    }

    private void thrown() {
        plain.audit(EventType.of("IMPORT"), "thrown", new IllegalStateException("no \"file\""));
    }
}
