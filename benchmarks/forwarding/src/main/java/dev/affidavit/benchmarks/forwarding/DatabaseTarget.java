package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.database.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A real PostgreSQL with its defaults: each commit is on the device. */
record DatabaseTarget(PostgresServer server) implements Receiver {
    private static final String PASSWORD = "benchmarks.password";
    private static final String DATABASE = "postgres";

    static DatabaseTarget start() {
        return new DatabaseTarget(PostgresServer.startDurable());
    }

    @Override
    public Map<String, String> options() {
        return Map.of("to", "database", "url", server.url(DATABASE), "user", "postgres", "password", "sys:" + PASSWORD);
    }

    @Override
    public Map<String, String> systemProperties() {
        return Map.of(PASSWORD, PostgresServer.PASSWORD);
    }

    @Override
    public long count() {
        try (Connection connection =
                        DriverManager.getConnection(server.url(DATABASE), "postgres", PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM entropy_audit_log")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            return 0; // there is no table yet
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(500);
    }

    @Override
    public void close() {
        server.close();
    }
}
