/** What the forwarders know of TLS, and of HTTP. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.tls {
    requires transitive dev.affidavit.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.forward.http;
    exports dev.affidavit.forward.tls;
}
