package dev.affidavit.forward.database;

import dev.affidavit.config.Options;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.sql.Driver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the options of {@code <AuditForwarder to="database" …/>}:
 *
 * <ul>
 *   <li>{@code url}: {@code jdbc:postgresql:…} or {@code jdbc:h2:…}; required
 *   <li>{@code user}: audit
 *   <li>{@code password}: a secret; none
 *   <li>{@code keyPassword}: a secret, that of the file {@code sslkey} of PostgreSQL's driver; none
 *   <li>{@code table}: {@code entropy_audit_log}, or {@code schema.table}
 *   <li>{@code createTable}: true
 *   <li>{@code connectTimeout}: 5s
 *   <li>{@code timeout}: 30s, for each answer
 * </ul>
 */
public final class DatabaseProvider implements DestinationProvider {
    private static final String DEFAULT_USER = "audit";
    private static final TableName DEFAULT_TABLE = new TableName(null, "entropy_audit_log");
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    /** PostgreSQL's driver counts seconds. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** For the ServiceLoader. */
    public DatabaseProvider() {}

    @Override
    public String name() {
        return "database";
    }

    @Override
    public DestinationFactory configure(Options options) {
        Duration connectTimeout = options.duration("connectTimeout", DEFAULT_CONNECT_TIMEOUT, SHORTEST, LONGEST);
        Duration timeout = options.duration("timeout", DEFAULT_TIMEOUT, SHORTEST, LONGEST);
        return new Database(
                place(options, connectTimeout, timeout),
                new Credentials(
                        options.text("user", DEFAULT_USER), options.secret("password"), options.secret("keyPassword")),
                table(options),
                options.flag("createTable", true),
                connectTimeout,
                timeout);
    }

    private static Place place(Options options, Duration connectTimeout, Duration timeout) {
        String url = options.required("url");
        Product product = Product.of(url);
        Place unknown = new Place(product == null ? Product.POSTGRESQL : product, url, "a database", Map.of());
        if (url.isBlank()) {
            return unknown;
        }
        if (product == null) {
            options.problem("url", "expected jdbc:postgresql:… or jdbc:h2:…, found another");
            return unknown;
        }
        Optional<Driver> driver = product.driver();
        if (driver.isEmpty()) {
            options.problem(
                    "url",
                    "the driver of %s is missing: add %s to the class path".formatted(product, product.artifact()));
            return unknown;
        }
        return switch (product) {
            case POSTGRESQL ->
                PostgresUrl.read(url, driver.get(), options, connectTimeout, timeout.plus(Database.GRACE));
            case H2 -> H2Url.read(url, options);
        };
    }

    private static TableName table(Options options) {
        String text = options.text("table");
        TableName table = text == null ? DEFAULT_TABLE : TableName.parse(text);
        if (table == null) {
            options.problem(
                    "table",
                    "expected a name, or schema.name, of letters, digits and _, at most 63 each, found '" + text + "'");
            return DEFAULT_TABLE;
        }
        return table;
    }
}
