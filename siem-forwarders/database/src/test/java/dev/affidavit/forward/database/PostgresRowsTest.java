package dev.affidavit.forward.database;

import dev.affidavit.testkit.RequiresProgram;
import java.nio.file.Path;
import java.sql.SQLException;

@RequiresProgram("postgres")
final class PostgresRowsTest extends StoredRowsContract {
    @Override
    TestDatabase create(Path directory) throws SQLException {
        return PostgresDatabase.create();
    }
}
