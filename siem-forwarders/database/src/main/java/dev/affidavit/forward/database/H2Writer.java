package dev.affidavit.forward.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores rows in H2. What H2 has committed it writes some time later, so each batch ends with a checkpoint. */
final class H2Writer implements RowWriter {
    private final Connection connection;
    private final PreparedStatement merge;
    private final Statement checkpoint;

    private H2Writer(Connection connection, PreparedStatement merge, Statement checkpoint) {
        this.connection = connection;
        this.merge = merge;
        this.checkpoint = checkpoint;
    }

    static H2Writer open(Connection connection, Names names) throws SQLException {
        connection.setAutoCommit(false);
        return new H2Writer(connection, connection.prepareStatement(sql(names)), connection.createStatement());
    }

    private static String sql(Names names) {
        List<Column> columns = Column.ALL;
        return "MERGE INTO %s AS t USING (SELECT %s) AS u ON (%s) WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
                .formatted(
                        names.ofTable(),
                        columns.stream()
                                .map(column -> column.kind().parameter() + " AS " + names.of(column))
                                .collect(Collectors.joining(", ")),
                        columns.stream()
                                .filter(Column::isOfTheKey)
                                .map(column -> "t.%1$s = u.%1$s".formatted(names.of(column)))
                                .collect(Collectors.joining(" AND ")),
                        columns.stream().map(names::of).collect(Collectors.joining(", ")),
                        columns.stream().map(column -> "u." + names.of(column)).collect(Collectors.joining(", ")));
    }

    @Override
    public void insert(List<Row> rows) throws SQLException {
        try {
            for (Row row : rows) {
                int parameter = 1;
                for (Column column : Column.ALL) {
                    set(parameter++, column, row.value(column));
                }
                merge.addBatch();
            }
            merge.executeBatch();
            connection.commit();
            checkpoint.execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(SQLException failure) {
        try {
            merge.clearBatch();
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void set(int parameter, Column column, @Nullable String value) throws SQLException {
        if (value != null && column.kind() == Kind.BYTES) {
            merge.setBytes(parameter, Base64.getDecoder().decode(value));
        } else {
            merge.setString(parameter, value);
        }
    }

    @Override
    public void cut() throws SQLException {
        merge.cancel();
        checkpoint.cancel();
    }
}
