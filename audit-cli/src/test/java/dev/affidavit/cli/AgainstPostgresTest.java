package dev.affidavit.cli;

import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@RequiresProgram("postgres")
@Tag("receivers")
final class AgainstPostgresTest extends AgainstForwarderContract {
    private static final String PROPERTY = "affidavit.test.cli.postgres";

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        System.setProperty(PROPERTY, PostgresServer.PASSWORD);
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        System.clearProperty(PROPERTY);
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS entropy_audit_log");
        }
    }

    @Override
    String options(Path directory) {
        return "url: 'jdbc:postgresql://localhost:%d/postgres', user: postgres, password: 'sys:%s'"
                .formatted(server.port(), PROPERTY);
    }

    @Override
    Connection admin(Path directory) throws SQLException {
        return connect();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url("postgres"), "postgres", PostgresServer.PASSWORD);
    }
}
