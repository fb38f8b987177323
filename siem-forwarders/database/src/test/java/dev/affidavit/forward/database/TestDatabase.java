package dev.affidavit.forward.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** An empty database of either product. Used by one test, then closed. */
interface TestDatabase extends AutoCloseable {
    Map<String, String> options();

    /** A connection that may do everything there. */
    Connection admin() throws SQLException;

    @Override
    void close() throws SQLException;
}
