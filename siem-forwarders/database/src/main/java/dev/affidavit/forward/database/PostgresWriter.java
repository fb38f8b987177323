package dev.affidavit.forward.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/*
 * One statement for a batch of any size, with an array for each column: one round trip, one plan, one transaction. ON CONFLICT names no
 * key, since naming it takes the right to read.
 */

/** Stores rows in PostgreSQL. The commit is that of the statement. */
final class PostgresWriter implements RowWriter {
    private final Connection connection;
    private final PreparedStatement insert;

    private PostgresWriter(Connection connection, PreparedStatement insert) {
        this.connection = connection;
        this.insert = insert;
    }

    static PostgresWriter open(Connection connection, Names names) throws SQLException {
        return new PostgresWriter(connection, connection.prepareStatement(sql(names)));
    }

    private static String sql(Names names) {
        List<Column> columns = Column.ALL;
        return "INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS u(%s) ON CONFLICT DO NOTHING"
                .formatted(
                        names.ofTable(),
                        columns.stream().map(names::of).collect(Collectors.joining(", ")),
                        columns.stream()
                                .map(column -> column.kind().ofText("u." + names.of(column)))
                                .collect(Collectors.joining(", ")),
                        columns.stream().map(column -> "?::text[]").collect(Collectors.joining(", ")),
                        columns.stream().map(names::of).collect(Collectors.joining(", ")));
    }

    @Override
    public void insert(List<Row> rows) throws SQLException {
        int parameter = 1;
        for (Column column : Column.ALL) {
            Object[] values = rows.stream().map(row -> row.value(column)).toArray(String[]::new);
            Array array = connection.createArrayOf("text", values);
            insert.setArray(parameter++, array);
        }
        insert.executeUpdate();
        insert.clearParameters();
    }

    @Override
    public void cut() throws SQLException {
        connection.abort(Runnable::run);
    }
}
