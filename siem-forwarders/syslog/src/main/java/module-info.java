/** The destination {@code syslog}. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.syslog {
    requires com.fasterxml.jackson.core;
    requires dev.affidavit.core;
    requires dev.affidavit.forward.tls;
    requires jdk.net;
    requires tls.channel;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    provides dev.affidavit.spi.DestinationProvider with
            dev.affidavit.forward.syslog.SyslogProvider;
}
