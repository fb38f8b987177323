/** The statistics of audit logs as Micrometer meters. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.micrometer {
    requires dev.affidavit.core;
    requires transitive micrometer.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.micrometer;
}
