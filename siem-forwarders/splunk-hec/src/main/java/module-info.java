/** The destination {@code splunk-hec}. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.splunk {
    requires com.fasterxml.jackson.core;
    requires dev.affidavit.core;
    requires dev.affidavit.forward.tls;
    requires java.net.http;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    provides dev.affidavit.spi.DestinationProvider with
            dev.affidavit.forward.splunk.HecProvider;
}
