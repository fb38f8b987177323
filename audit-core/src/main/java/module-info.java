/** Audit events and the trail that records them. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.core {
    requires com.fasterxml.jackson.core;
    requires transitive dev.affidavit.store;
    requires java.management;
    requires java.net.http;
    requires transitive org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit;
    exports dev.affidavit.config;
    exports dev.affidavit.spi;
    exports dev.affidavit.statistics;
    exports dev.affidavit.trail;

    // For its resource, the JSON Schema.
    opens dev.affidavit.json;

    uses dev.affidavit.spi.AuditBackend;
    uses dev.affidavit.spi.AuditListenerProvider;
    uses dev.affidavit.spi.DestinationProvider;
    uses dev.affidavit.spi.EncryptionProvider;
    uses dev.affidavit.spi.ForwardingEngine;
    uses dev.affidavit.spi.ShutdownHandler;
}
