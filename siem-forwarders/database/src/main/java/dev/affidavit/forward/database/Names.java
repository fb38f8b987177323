package dev.affidavit.forward.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/**
 * How a database writes the names of this destination's table: in the case that it gives to names without quotes, so that queries find
 * them, and in quotes, so that no name is a word of SQL.
 *
 * @param schema as the database has it
 * @param table as the database has it
 */
record Names(boolean upperCase, String schema, String table) {
    static Names of(Connection connection, TableName name) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        boolean upperCase = database.storesUpperCaseIdentifiers();
        String schema = name.schema() == null ? connection.getSchema() : inCase(upperCase, name.schema());
        if (schema == null) {
            throw new SQLException("the session has no schema: write table=\"schema.table\"", "3F000");
        }
        return new Names(upperCase, schema, inCase(upperCase, name.table()));
    }

    String ofTable() {
        return quoted(schema) + "." + quoted(table);
    }

    String ofColumn(String lowerName) {
        return quoted(inDatabase(lowerName));
    }

    String of(Column column) {
        return ofColumn(column.lowerName());
    }

    /** Without quotes. */
    String inDatabase(String lowerName) {
        return inCase(upperCase, lowerName);
    }

    private static String inCase(boolean upperCase, String name) {
        return upperCase ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
