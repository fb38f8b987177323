package dev.affidavit.forward.database;

import java.sql.SQLException;
import java.util.List;

/** Stores rows. Used by one thread, but for {@link #cut}. */
interface RowWriter {
    /**
     * Stores those rows that are not there yet, in their order: all of them durably, or none if it throws.
     *
     * @throws SQLException with a class of SQLSTATE that says why
     */
    void insert(List<Row> rows) throws SQLException;

    /** Makes a call that blocks fail, as well as the product can. For another thread; may block. */
    void cut() throws SQLException;
}
