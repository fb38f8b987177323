/** Carries a log's lines to destinations, at least once. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward {
    requires dev.affidavit.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    provides dev.affidavit.spi.ForwardingEngine with
            dev.affidavit.forward.Engine;
}
