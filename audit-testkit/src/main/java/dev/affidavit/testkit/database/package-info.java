/** A real PostgreSQL, run for a test. {@link dev.affidavit.testkit.database.PostgresServer} is all of it. */
@NullMarked
package dev.affidavit.testkit.database;

import org.jspecify.annotations.NullMarked;
