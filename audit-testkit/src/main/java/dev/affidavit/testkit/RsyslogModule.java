package dev.affidavit.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Modules of this machine's rsyslog, which distributions put into packages of their own. */
public final class RsyslogModule {
    private static final List<String> DIRECTORIES = List.of(
            "/usr/lib/x86_64-linux-gnu/rsyslog",
            "/usr/lib/aarch64-linux-gnu/rsyslog",
            "/usr/lib64/rsyslog",
            "/usr/lib/rsyslog");

    private RsyslogModule() {}

    /** The file of a module such as {@code imrelp}; empty if it is not installed. */
    public static Optional<Path> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name + ".so"))
                .filter(Files::isReadable)
                .findFirst();
    }

    /** What to install for it. */
    public static String packageOf(String name) {
        return switch (name) {
            case "imrelp", "omrelp" -> "rsyslog-relp";
            case "lmnsd_gtls" -> "rsyslog-gnutls";
            case "lmnsd_ossl" -> "rsyslog-openssl";
            default -> "rsyslog";
        };
    }
}
