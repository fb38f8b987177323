package dev.affidavit.forward.database;

import dev.affidavit.testkit.database.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database of a PostgreSQL that all tests share, with a user of its own to whom it belongs. */
final class PostgresDatabase implements TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "audit_" + NUMBER.incrementAndGet();
    private final String password = "pw-" + UUID.randomUUID();

    private PostgresDatabase() {}

    static PostgresDatabase create() throws SQLException {
        if (!server().isRunning()) {
            server().restart();
        }
        PostgresDatabase created = new PostgresDatabase();
        System.setProperty(created.property(), created.password);
        try (Connection admin = admin("postgres")) {
            Sql.run(admin, "CREATE USER %s PASSWORD '%s'".formatted(created.name, created.password));
            Sql.run(admin, "CREATE DATABASE %1$s OWNER %1$s STRATEGY file_copy".formatted(created.name));
        }
        return created;
    }

    static PostgresServer server() {
        return Shared.SERVER;
    }

    String name() {
        return name;
    }

    String password() {
        return password;
    }

    /** Of the system, with the password in it. */
    String property() {
        return "affidavit.test." + name;
    }

    @Override
    public Map<String, String> options() {
        return options(server().port());
    }

    Map<String, String> options(int port) {
        return new HashMap<>(Map.of(
                "url",
                // Without a question for TLS first, for whose answer the driver waits 5 s.
                "jdbc:postgresql://localhost:%d/%s?sslmode=disable".formatted(port, name),
                "connectTimeout",
                "60s",
                "user",
                name,
                "password",
                "sys:" + property()));
    }

    /** A connection of the superuser to this database. */
    @Override
    public Connection admin() throws SQLException {
        return admin(name);
    }

    private static Connection admin(String database) throws SQLException {
        return Sql.connect(server().url(database), "postgres", PostgresServer.PASSWORD);
    }

    @Override
    public void close() throws SQLException {
        System.clearProperty(property());
        if (server().isRunning()) {
            try (Connection admin = admin("postgres")) {
                Sql.run(admin, "DROP DATABASE %s WITH (FORCE)".formatted(name));
                Sql.run(admin, "DROP USER " + name);
            }
        }
    }

    /** Started when it is asked for first. */
    private static final class Shared {
        private static final PostgresServer SERVER = PostgresServer.start();
    }
}
