package dev.affidavit.forward.database;

import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** A connection to the database, and the statement that stores rows in its table. */
record Session(Connection connection, RowWriter writer) implements AutoCloseable {
    /** Connects; returns when the table is there. */
    static Session open(Database database) throws SQLException, IOException {
        Connection connection = connect(database, Map.of());
        try {
            Product product = database.place().product();
            if (product == Product.POSTGRESQL) {
                preparePostgres(connection, database.timeout());
            }
            Names names = Names.of(connection, database.table());
            boolean made = new AuditTable(connection, names).ensure(product, database.createTable());
            if (made && product == Product.H2) {
                H2File.of(connection).makePrivate();
            }
            return new Session(
                    connection,
                    switch (product) {
                        case POSTGRESQL -> PostgresWriter.open(connection, names);
                        case H2 -> H2Writer.open(connection, names);
                    });
        } catch (SQLException | IOException | RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    /** Closes what is of no use after a failure. */
    static void closeAfter(Exception failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Connects to what is there: H2 would make a file that is missing. */
    static Connection connectToRead(Database database) throws SQLException, IOException {
        Product product = database.place().product();
        Connection connection = connect(
                database,
                switch (product) {
                    case POSTGRESQL -> Map.of();
                    // Else it holds all that it finds before it gives the first row.
                    case H2 -> Map.of("IFEXISTS", "TRUE", "LAZY_QUERY_EXECUTION", "1");
                });
        try {
            if (product == Product.POSTGRESQL) {
                preparePostgres(connection, database.timeout());
            }
            connection.setReadOnly(true);
            return connection;
        } catch (SQLException | IOException | RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static Connection connect(Database database, Map<String, String> further)
            throws SQLException, MisconfiguredDestinationException {
        Place place = database.place();
        Driver driver = place.product()
                .driver()
                .orElseThrow(() -> new MisconfiguredDestinationException("the driver of %s is missing: add %s"
                        .formatted(place.product(), place.product().artifact())));
        Properties properties = database.credentials().properties();
        place.properties().forEach(properties::setProperty);
        further.forEach(properties::setProperty);
        Connection connection = driver.connect(place.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not know this URL", "08001");
        }
        return connection;
    }

    private static void preparePostgres(Connection connection, Duration timeout) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet encoding = statement.executeQuery("SHOW server_encoding")) {
                encoding.next();
                if (!encoding.getString(1).equals("UTF8")) {
                    throw new MisconfiguredDestinationException(
                            "the database has the encoding %s, which cannot hold every text: use one with UTF8"
                                    .formatted(encoding.getString(1)));
                }
            }
            // A receipt is a commit that survives the end of the server: no less than on, whatever the server's
            // default.
            statement.execute("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')");
            statement.execute("SET statement_timeout = " + timeout.toMillis());
        }
    }
}
