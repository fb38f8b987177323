/**
 * The destination {@code database}: a table in PostgreSQL or H2. {@link dev.affidavit.forward.database.DatabaseProvider} reads its
 * options; {@link dev.affidavit.forward.database.Column} is the table, {@link dev.affidavit.forward.database.RowReader} makes its rows of
 * lines, {@link dev.affidavit.forward.database.RowWriter} stores them, {@link dev.affidavit.forward.database.Failures} knows what an
 * answer means.
 */
@NullMarked
package dev.affidavit.forward.database;

import org.jspecify.annotations.NullMarked;
