package dev.affidavit.forward.database;

import dev.affidavit.config.Options;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL of PostgreSQL, as its driver understands it, and lets no connection be made that does not know whom it talks to. Unless the
 * server is on this machine, or the URL says {@code sslmode=disable}, {@code sslmode} is {@code verify-full}: the driver's own default
 * takes any certificate, and none.
 */
final class PostgresUrl {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final String VERIFIED = "verify-full";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|");
    /** Sockets of the file system, by the library that the driver's documentation names. */
    private static final String UNIX_SOCKETS = "org.newsclub.net.unix.";

    private static final Set<String> VERIFYING_FACTORIES =
            Set.of("org.postgresql.ssl.LibPQFactory", "org.postgresql.ssl.DefaultJavaSSLFactory");

    /** Properties that an option stands for, or that would take back what is promised. */
    private static final Map<String, String> REFUSED = new TreeMap<>(Map.of(
            "user", "set the option user",
            "password", "set the option password",
            "sslpassword", "set the option keyPassword",
            "connectTimeout", "set the option connectTimeout",
            "loginTimeout", "set the option connectTimeout",
            "socketTimeout", "set the option timeout",
            "queryTimeout", "set the option timeout",
            "service", "write host, port and database into the URL",
            "sslhostnameverifier", "leave it out; the name of the host is always verified",
            "logServerErrorDetail", "leave it out; details of errors hold what is in events"));

    private final Options options;
    private final Map<String, @Nullable String> driverSays;

    private PostgresUrl(Options options, Map<String, @Nullable String> driverSays) {
        this.options = options;
        this.driverSays = driverSays;
    }

    /** Reports what is wrong with it as problems of {@code url}, without what stands in it: that may be a secret. */
    static Place read(String url, Driver driver, Options options, Duration connectTimeout, Duration answerTimeout) {
        Map<String, String> properties = new HashMap<>();
        properties.put("ApplicationName", "affidavit");
        properties.put("connectTimeout", seconds(connectTimeout));
        properties.put("socketTimeout", seconds(answerTimeout));
        properties.put("tcpKeepAlive", "true");
        properties.put("targetServerType", "primary");
        properties.put("logServerErrorDetail", "false");
        Map<String, @Nullable String> said = properties(url, driver, options);
        if (said.isEmpty()) {
            return new Place(Product.POSTGRESQL, url, "PostgreSQL", properties);
        }
        PostgresUrl read = new PostgresUrl(options, said);
        read.requireKnown(url);
        properties.put("sslmode", read.sslMode());
        return new Place(Product.POSTGRESQL, url, read.place(), properties);
    }

    private static String seconds(Duration duration) {
        return Long.toString(
                Math.min(Integer.MAX_VALUE / 1000, duration.plusMillis(999).toSeconds()));
    }

    /** What the driver makes of it; empty if it can make nothing. */
    private static Map<String, @Nullable String> properties(String url, Driver driver, Options options) {
        Map<String, @Nullable String> said = new HashMap<>();
        String address = url.substring(SCHEME.length()).replaceFirst("\\?.*", "");
        if (address.contains("@")) { // the driver would log what is before it
            options.problem("url", "expected no @ before the question mark: set the options user and password");
            return said;
        }
        try {
            if (driver.acceptsURL(url)) {
                for (DriverPropertyInfo info : driver.getPropertyInfo(url, new Properties())) {
                    said.put(info.name, info.value);
                }
            }
        } catch (SQLException | RuntimeException e) {
            said.clear();
        }
        if (said.isEmpty()) {
            options.problem(
                    "url", "expected jdbc:postgresql://host:port/database, and properties behind a question mark");
        }
        return said;
    }

    private void requireKnown(String url) {
        int mark = url.indexOf('?');
        String[] pairs = mark < 0 ? new String[0] : url.substring(mark + 1).split("&", -1);
        for (String name :
                Arrays.stream(pairs).map(PostgresUrl::name).distinct().toList()) {
            String instead = REFUSED.get(name);
            if (instead != null) {
                options.problem("url", "expected no %s in it: %s".formatted(name, instead));
            } else if (!name.isEmpty() && !driverSays.containsKey(name)) {
                options.problem("url", "unknown property '%s'; the driver would pass over it".formatted(name));
            }
        }
        String factory = driverSays.get("sslfactory");
        if (factory != null && !VERIFYING_FACTORIES.contains(factory)) {
            options.problem(
                    "url",
                    "sslfactory: expected one that verifies, org.postgresql.ssl.LibPQFactory (files) or"
                            + " org.postgresql.ssl.DefaultJavaSSLFactory (the JVM's trust store), found another");
        }
    }

    private static String name(String pair) {
        String name = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private String sslMode() {
        String mode = driverSays.get("sslmode");
        if (mode == null) {
            String ssl = driverSays.get("ssl");
            if (ssl != null && !ssl.isEmpty() && !ssl.equals("true")) {
                options.problem(
                        "url", "ssl: expected true, found '%s'; for no TLS write sslmode=disable".formatted(ssl));
            }
            return ssl == null && isOnThisMachine() ? "prefer" : VERIFIED;
        }
        switch (mode) {
            case VERIFIED, "disable" -> {}
            case "allow", "prefer" ->
                options.problem(
                        "url",
                        "sslmode=%s lets anybody answer in plain text: write sslmode=verify-full, or sslmode=disable where the"
                                        .formatted(mode)
                                + " network is safe");
            case "require", "verify-ca" ->
                options.problem(
                        "url",
                        ("sslmode=%s does not verify the name of the host: write sslmode=verify-full, and sslrootcert=FILE for an"
                                        + " authority of your own")
                                .formatted(mode));
            default -> options.problem("url", "sslmode: expected verify-full or disable, found another");
        }
        return mode;
    }

    private boolean isOnThisMachine() {
        String sockets = driverSays.get("socketFactory");
        if (sockets != null) {
            return sockets.startsWith(UNIX_SOCKETS);
        }
        return Arrays.stream(String.valueOf(driverSays.get("PGHOST")).split(",", -1))
                .allMatch(host -> LOOPBACK.matcher(host).matches());
    }

    private String place() {
        String[] hosts = String.valueOf(driverSays.get("PGHOST")).split(",", -1);
        String[] ports = String.valueOf(driverSays.get("PGPORT")).split(",", -1);
        StringBuilder name = new StringBuilder("PostgreSQL at ");
        for (int i = 0; i < hosts.length; i++) {
            name.append(i == 0 ? "" : ",").append(hosts[i].isEmpty() ? "localhost" : hosts[i]);
            name.append(':').append(i < ports.length ? ports[i] : "?");
        }
        String database = driverSays.get("PGDBNAME");
        return name + (database == null ? "" : "/" + database);
    }
}
