package dev.affidavit.forward.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** What tests ask a database. */
final class Sql {
    private Sql() {}

    static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Driver driver = Objects.requireNonNull(Product.of(url)).driver().orElseThrow();
        return Objects.requireNonNull(driver.connect(url, properties));
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each row as its values between bars; null is {@code -}. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    values.add(value == null ? "-" : value);
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    static int count(Connection connection) throws SQLException {
        return Integer.parseInt(
                rows(connection, "SELECT count(*) FROM entropy_audit_log").get(0));
    }

    /** The lines in the table, in the order of their storing. */
    static List<byte[]> lines(Connection connection) throws SQLException {
        List<byte[]> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT line, line_bytes FROM entropy_audit_log ORDER BY seq")) {
            while (result.next()) {
                String line = result.getString(1);
                lines.add(line == null ? result.getBytes(2) : line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    static boolean isMissing(SQLException e) {
        return "42P01".equals(e.getSQLState()) || "42S02".equals(e.getSQLState()) || "42S04".equals(e.getSQLState());
    }
}
