package dev.affidavit.forward.database;

import dev.affidavit.spi.StoredLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of one log, read by a cursor. Makes no table, and no file. Used by one thread. */
final class StoredRows implements Closeable {
    /** At once in memory; a line has 1 MiB at most. */
    private static final int ROWS = 100;
    /** What a server may take to say goodbye. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(500);

    private final DatabaseThread thread;
    private final Duration limit;
    private final Cursor cursor;

    private StoredRows(DatabaseThread thread, Duration limit, Cursor cursor) {
        this.thread = thread;
        this.limit = limit;
        this.cursor = cursor;
    }

    /** What is open in the database; closing the connection closes all of it. */
    private record Cursor(Connection connection, ResultSet rows) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Of one row: the line, and the id or an empty text. */
    private static final class StoredRow {
        private final byte[] line;
        private final String id;

        StoredRow(byte[] line, String id) {
            this.line = line;
            this.id = id;
        }

        void giveTo(StoredLines.Taker taker) {
            taker.take(line, id.isEmpty() ? null : id);
        }
    }

    static void read(Database database, String logId, StoredLines.Taker taker) throws IOException {
        Failures failures = Failures.ofReading(database.place(), database.credentials());
        try (StoredRows rows = open(database, logId)) {
            for (List<StoredRow> some = rows.next(); !some.isEmpty(); some = rows.next()) {
                some.forEach(row -> row.giveTo(taker));
            }
        } catch (SQLException e) {
            throw failures.explained(e);
        }
    }

    private static StoredRows open(Database database, String logId) throws SQLException, IOException {
        DatabaseThread thread = new DatabaseThread(database.place().name());
        Duration limit = database.timeout().plus(Database.GRACE);
        try {
            Cursor cursor = thread.call(
                    () -> cursor(database, logId), database.connectTimeout().plus(limit));
            return new StoredRows(thread, limit, cursor);
        } catch (SQLException | IOException | RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    private static Cursor cursor(Database database, String logId) throws SQLException, IOException {
        Connection connection = Session.connectToRead(database);
        try {
            connection.setAutoCommit(false); // without a transaction PostgreSQL's driver reads all at once
            Names names = Names.of(connection, database.table());
            PreparedStatement query = connection.prepareStatement("SELECT %s, %s, %s FROM %s WHERE %s = ?"
                    .formatted(
                            names.of(Column.ID),
                            names.of(Column.LINE),
                            names.of(Column.LINE_BYTES),
                            names.ofTable(),
                            names.of(Column.LOG_ID)));
            query.setFetchSize(ROWS);
            query.setString(1, logId);
            return new Cursor(connection, query.executeQuery());
        } catch (SQLException | RuntimeException e) {
            Session.closeAfter(e, connection);
            throw e;
        }
    }

    /** None if there are no more. */
    private List<StoredRow> next() throws SQLException, IOException {
        return thread.call(
                () -> {
                    List<StoredRow> some = new ArrayList<>();
                    while (some.size() < ROWS && cursor.rows().next()) {
                        some.add(row(cursor.rows()));
                    }
                    return some;
                },
                limit);
    }

    private static StoredRow row(ResultSet row) throws SQLException {
        String id = row.getString(1);
        String text = row.getString(2);
        byte[] bytes = text == null ? row.getBytes(3) : text.getBytes(StandardCharsets.UTF_8);
        return new StoredRow(bytes == null ? new byte[0] : bytes, id == null ? "" : id);
    }

    @Override
    public void close() {
        thread.end(this::disconnect, thread.isBusy() ? Duration.ZERO : CLOSE_LIMIT);
    }

    private void disconnect() {
        try {
            cursor.close();
        } catch (SQLException e) {
            // All that was wanted was read, or why not is told already.
        }
    }
}
