/** The destination {@code syslog}. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.syslog {
    requires dev.affidavit.core;
    requires jdk.net;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    provides dev.affidavit.spi.DestinationProvider with
            dev.affidavit.forward.syslog.SyslogProvider;
}
