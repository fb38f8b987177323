/** The audit appender for Log4j 2. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.log4j2 {
    requires transitive dev.affidavit.core;
    requires java.desktop; // the type of Log4j's listeners
    requires transitive org.apache.logging.log4j;
    requires org.apache.logging.log4j.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.log4j2;

    opens dev.affidavit.log4j2 to
            org.apache.logging.log4j.core;

    provides dev.affidavit.spi.AuditBackend with
            dev.affidavit.log4j2.Log4jBackend;
}
