package dev.affidavit.forward.database;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.StoredLines;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A table in a database.
 *
 * @param timeout for each answer
 */
record Database(
        Place place,
        Credentials credentials,
        TableName table,
        boolean createTable,
        Duration connectTimeout,
        Duration timeout)
        implements DestinationFactory, StoredLines {
    /** What the server is given beyond its time-out, so that it is the one to say that it was too slow. */
    static final Duration GRACE = Duration.ofSeconds(2);

    @Override
    public Destination open(LogIdentity log) throws IOException {
        Failures failures = new Failures(place, credentials);
        DatabaseThread thread = new DatabaseThread(place.name());
        try {
            Session session = thread.call(
                    () -> Session.open(this), connectTimeout.plus(timeout).plus(GRACE));
            return new DatabaseDestination(new RowReader(log), thread, session, failures, timeout.plus(GRACE));
        } catch (SQLException e) {
            thread.close();
            throw failures.explained(e);
        } catch (IOException | RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    @Override
    public void read(String logId, Taker taker) throws IOException {
        StoredRows.read(this, logId, taker);
    }

    @Override
    public String toString() {
        return "table %s in %s".formatted(table, place);
    }
}
