package dev.affidavit.forward.database;

import dev.affidavit.forward.tls.TlsRefusal;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** What an error of the database means for delivery, by its SQLSTATE, and in which words it is told. */
final class Failures {
    /** Of the row: its data (22), a constraint (21, 23, 44), a limit (54), or a trigger's own mind (09, 38, P0). */
    private static final Set<String> DATA = Set.of("09", "21", "22", "23", "38", "44", "54", "P0");
    /** Of this client: authorization (28), database (3D), schema (3F), table, column or right (42), what the server cannot do (0A). */
    private static final Set<String> CONFIGURATION = Set.of("0A", "28", "3D", "3F", "42");
    /** Disk, memory or connections are used up: a pause helps. */
    private static final String RESOURCES = "53";

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** A server that takes no writes: no matter of a person, since a standby becomes the primary some day. */
    private static final String READ_ONLY = "25006";
    /** The driver's own: the server has no TLS, or no way to log in that both take. */
    private static final String REJECTED = "08004";

    /** Rights, schema, database, settings, and a file that is broken, encrypted otherwise or of another version: of H2's own. */
    private static final Set<String> H2_CONFIGURATION = Set.of(
            "90096", "90040", "90079", "90013", "90146", "90113", "90011", "90097", "90030", "90048", "90049", "90050",
            "90055");

    /** Of PostgreSQL's driver, in its URL. */
    private static final TlsRefusal.OptionNames TLS = new TlsRefusal.OptionNames(
            "sslrootcert, in url", "sslcert and sslkey, in url", "jdk.tls.disabledAlgorithms, of the JVM");

    /** Stands in the driver's message in every language. */
    private static final String HOST_VERIFIER = "PgjdbcHostnameVerifier";

    private final Place place;
    private final Credentials credentials;
    /** What this client has to be granted. */
    private final String rights;

    Failures(Place place, Credentials credentials) {
        this(place, credentials, "INSERT on the table, or CREATE on its schema where it is to be created");
    }

    private Failures(Place place, Credentials credentials, String rights) {
        this.place = place;
        this.credentials = credentials;
        this.rights = rights;
    }

    /** Of a client that reads what was stored. */
    static Failures ofReading(Place place, Credentials credentials) {
        return new Failures(place, credentials, "SELECT on the table");
    }

    boolean isOfTheData(SQLException e) {
        return DATA.contains(kind(e));
    }

    IOException explained(SQLException e) {
        IOException failure = kindOf(e);
        if (isClean(e)) {
            failure.initCause(e);
        }
        return TlsRefusal.explained(failure, place.name(), TLS);
    }

    private IOException kindOf(SQLException e) {
        String text = "%s: %s".formatted(place, text(e));
        String state = state(e);
        if (kind(e).equals(RESOURCES)) {
            return new DestinationBusyException(text, PAUSE);
        }
        if (text.contains(HOST_VERIFIER)) {
            return new MisconfiguredDestinationException(
                    text + ". It shows a certificate for another host: name the host in url as the certificate does");
        }
        if (isAboutFiles(e)) {
            return new MisconfiguredDestinationException(text + ". Look at sslrootcert, sslcert and sslkey in url");
        }
        if (CONFIGURATION.contains(kind(e)) || H2_CONFIGURATION.contains(state) || state.equals(REJECTED)) {
            return new MisconfiguredDestinationException(text + remedy(state));
        }
        return new IOException(text + remedy(state));
    }

    private String remedy(String state) {
        return switch (state) {
            case "28000", "28P01" ->
                ". Look at user and password, at sslcert and sslkey in url if it wants a certificate, and at its pg_hba.conf";
            case REJECTED ->
                ". If it has no TLS, let it have some, or write sslmode=disable into url where the network is safe";
            case "42501", "90096" -> ". Grant " + rights;
            case "3D000" -> ". Create the database, or name another in url";
            case READ_ONLY -> ". The server is a standby, or default_transaction_read_only is on";
            default -> "";
        };
    }

    /** What the database said, on one line, without secrets. */
    String text(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int statement = message.indexOf("; SQL statement:"); // H2 repeats it
        String said = (statement < 0 ? message : message.substring(0, statement)).replaceAll("\\s+", " ");
        return credentials.hide("%s%s (SQLSTATE %s)".formatted(said, reason(e), state(e)));
    }

    /** A driver says that it failed, and its cause says why. */
    private static String reason(SQLException e) {
        Throwable last = causes(e).reduce(e, (outer, inner) -> inner);
        return last.equals(e) || last.getMessage() == null
                ? ""
                : ": " + last.getMessage().replaceAll("\\s+", " ");
    }

    /** PostgreSQL's driver reads certificates and keys when it connects. */
    private boolean isAboutFiles(SQLException e) {
        return place.product() == Product.POSTGRESQL
                && causes(e)
                        .anyMatch(cause -> (cause instanceof SQLException && !cause.equals(e))
                                || cause instanceof FileSystemException
                                || cause instanceof FileNotFoundException
                                || (cause instanceof GeneralSecurityException
                                        && !(cause instanceof CertificateException)));
    }

    private static Stream<Throwable> causes(SQLException e) {
        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause);
    }

    private boolean isClean(SQLException e) {
        return causes(e)
                .map(String::valueOf)
                .allMatch(text -> credentials.hide(text).equals(text));
    }

    private static String kind(SQLException e) {
        return state(e).substring(0, 2);
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() != 5 ? "?????" : state;
    }
}
