/** The audit appender for Logback. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.logback {
    requires transitive ch.qos.logback.classic;
    requires transitive ch.qos.logback.core;
    requires transitive dev.affidavit.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.logback;

    provides dev.affidavit.spi.AuditBackend with
            dev.affidavit.logback.LogbackBackend;
}
