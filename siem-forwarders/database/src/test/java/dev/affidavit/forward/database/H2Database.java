package dev.affidavit.forward.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A file of H2. */
record H2Database(Path path) implements TestDatabase {
    private static final String PASSWORD = "pw-of-h2";
    private static final String PROPERTY = "affidavit.test.h2.file";

    static H2Database in(Path directory) {
        System.setProperty(PROPERTY, PASSWORD);
        return new H2Database(directory.resolve("audit"));
    }

    @Override
    public Map<String, String> options() {
        return Map.of("url", "jdbc:h2:file:" + path, "password", "sys:" + PROPERTY);
    }

    /** What the options refer to, for another JVM. */
    Map<String, String> systemProperties() {
        return Map.of(PROPERTY, PASSWORD);
    }

    @Override
    public Connection admin() throws SQLException {
        return Sql.connect("jdbc:h2:file:" + path, "audit", PASSWORD);
    }

    @Override
    public void close() {}
}
