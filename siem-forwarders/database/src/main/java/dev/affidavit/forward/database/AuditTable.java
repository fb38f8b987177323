package dev.affidavit.forward.database;

import dev.affidavit.spi.MisconfiguredDestinationException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks whether the table is there and fits, and makes it. Reads the catalogue alone: the right to insert is enough for it. */
final class AuditTable {
    private final Connection connection;
    private final Names names;

    AuditTable(Connection connection, Names names) {
        this.connection = connection;
        this.names = names;
    }

    /**
     * Returns when the table is there.
     *
     * @param create whether to make it if it is not
     * @return whether it was made
     * @throws MisconfiguredDestinationException if it is not there, or another one is
     */
    boolean ensure(Product product, boolean create) throws SQLException, MisconfiguredDestinationException {
        Set<String> columns = columns();
        SQLException failure = null;
        boolean made = false;
        if (columns.isEmpty() && create) {
            try {
                make(product);
                made = true;
            } catch (SQLException e) {
                failure = e; // somebody else may have been quicker
            }
            columns = columns();
        }
        if (columns.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            throw new MisconfiguredDestinationException(
                    "there is no table %s: create it, or let createTable be true".formatted(names.ofTable()));
        }
        requireColumns(columns);
        requireKey();
        return made;
    }

    private void make(Product product) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : TableText.of(product, names)) {
                statement.execute(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    private Set<String> columns() throws SQLException {
        Set<String> found = new HashSet<>();
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet columns =
                database.getColumns(null, pattern(database, names.schema()), pattern(database, names.table()), null)) {
            while (columns.next()) {
                found.add(columns.getString("COLUMN_NAME"));
            }
        }
        return found;
    }

    private static String pattern(DatabaseMetaData database, String name) throws SQLException {
        String escape = database.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private void requireColumns(Set<String> found) throws MisconfiguredDestinationException {
        Set<String> missing = Column.ALL.stream()
                .map(Column::lowerName)
                .filter(name -> !found.contains(names.inDatabase(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new MisconfiguredDestinationException(
                    "the table %s has no column %s: add it, as docs/database.md says, or choose another table"
                            .formatted(names.ofTable(), String.join(", ", missing)));
        }
    }

    /** Without it every line that comes again would be stored again; by another, lines that differ would be taken for repeats. */
    private void requireKey() throws SQLException, MisconfiguredDestinationException {
        Set<String> key = Column.ALL.stream()
                .filter(Column::isOfTheKey)
                .map(column -> names.inDatabase(column.lowerName()))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean found = false;
        for (Map.Entry<String, Set<String>> unique : uniqueIndexes().entrySet()) {
            Set<String> columns = unique.getValue();
            found |= columns.equals(key);
            if (!columns.containsAll(key)) {
                throw new MisconfiguredDestinationException(
                        "the table %s has the unique index %s, of %s: lines that differ would be taken for repeats; drop it"
                                .formatted(names.ofTable(), unique.getKey(), String.join(", ", columns)));
            }
        }
        if (!found) {
            throw new MisconfiguredDestinationException("the table %s has no primary key of %s: repeats would be stored"
                    .formatted(names.ofTable(), String.join(", ", key)));
        }
    }

    /** Their columns by their names; of one for some rows only, the condition is one of them. */
    private Map<String, Set<String>> uniqueIndexes() throws SQLException {
        Map<String, Set<String>> unique = new TreeMap<>();
        try (ResultSet indexes =
                connection.getMetaData().getIndexInfo(null, names.schema(), names.table(), true, true)) {
            while (indexes.next()) {
                String column = indexes.getString("COLUMN_NAME");
                if (column != null) {
                    Set<String> columns =
                            unique.computeIfAbsent(indexes.getString("INDEX_NAME"), name -> new TreeSet<>());
                    columns.add(column.replace("\"", ""));
                    String condition = indexes.getString("FILTER_CONDITION");
                    if (condition != null && !condition.isEmpty()) {
                        columns.add(condition);
                    }
                }
            }
        }
        return unique;
    }
}
