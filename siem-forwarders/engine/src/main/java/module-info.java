/** Carries a log's lines to destinations, at least once. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward {
    requires com.fasterxml.jackson.core;
    requires transitive dev.affidavit.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.forward;

    provides dev.affidavit.spi.ForwardingEngine with
            dev.affidavit.forward.Engine;
}
