package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented queries find what is to be found, in PostgreSQL word for word. */
@RequiresProgram("postgres")
final class DocumentedQueriesTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private final List<String> lines = new ArrayList<>();
    private PostgresDatabase database;

    @BeforeEach
    void store() throws Exception {
        database = PostgresDatabase.create();
        for (int i = 0; i < 6; i++) {
            failure("mallory", "10.0.0.9", Duration.ofMinutes(10 + i));
        }
        failure("bob", "10.0.0.2", Duration.ofHours(5));
        access("alice", "SELECT", "orders", "SELECT * FROM orders", 7, Duration.ofMinutes(30));
        access("alice", "UPDATE", "users", "UPDATE users SET x = 1", 1, Duration.ofDays(2));
        access("alice", "DELETE", "orders", "DELETE FROM orders", 3, Duration.ofDays(3));
        access("carol", "GRANT", "users", "GRANT ALL ON users TO mallory", 0, Duration.ofDays(4));
        access("carol", "COPY", "users", "COPY users TO '/tmp/x'", 1000, Duration.ofDays(20));
        access("dave", "SELECT", "users", "SELECT * FROM users INTO OUTFILE '/tmp/y'", 500, Duration.ofDays(60));
        for (String time : List.of(
                "2024-01-01T00:00:00.000000Z",
                "2024-01-15T12:00:00.000001Z",
                "2024-01-31T00:00:00.000000Z",
                "2024-01-31T00:00:00.000001Z")) {
            lines.add(event("erin", "LOGOUT")
                    .text("timestamp", time)
                    .text("ip_address", "10.0.0.5")
                    .toString());
        }
        store(database.options());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void store(Map<String, String> options) throws IOException {
        try (Destination destination = Destinations.open(options)) {
            assertThat(destination.deliver(SampleLines.lines(lines)).settled()).isEqualTo(lines.size());
        }
    }

    private EventText event(String username, String type) {
        return EventText.number(lines.size()).text("username", username).text("event_type", type);
    }

    private void failure(String username, String address, Duration ago) {
        lines.add(event(username, "AUTH_FAILED")
                .text("timestamp", TIME.format(now.minus(ago)))
                .text("ip_address", address)
                .with("details", "{\"method\":\"password\"}")
                .with("success", "false")
                .toString());
    }

    private void access(String username, String type, String object, String command, int rows, Duration ago) {
        lines.add(event(username, type)
                .text("timestamp", TIME.format(now.minus(ago)))
                .text("ip_address", "10.0.0.1")
                .text("database_name", "shop")
                .text("object_type", "table")
                .text("object_name", object)
                .text("command", command)
                .with("rows_affected", Integer.toString(rows))
                .toString());
    }

    private List<String> answer(String title) throws Exception {
        try (Connection connection = database.admin()) {
            Sql.run(connection, "SET TimeZone = 'UTC'");
            return Sql.rows(connection, DocumentedQueries.titled(title));
        }
    }

    /** Of these columns. */
    private static List<String> columns(List<String> rows, int... columns) {
        return rows.stream()
                .map(row -> {
                    String[] values = row.split("\\|", -1);
                    List<String> chosen = new ArrayList<>();
                    for (int column : columns) {
                        chosen.add(values[column]);
                    }
                    return String.join("|", chosen);
                })
                .toList();
    }

    @Test
    void shouldShowRecentEvents() throws Exception {
        List<String> rows = answer("View recent audit events");

        assertThat(rows).hasSize(7);
        assertThat(columns(rows, 1, 2, 3, 4, 5, 6, 7))
                .startsWith("mallory|-|AUTH_FAILED|-|-|-|f")
                .endsWith("alice|shop|SELECT|table|orders|SELECT * FROM orders|t");
    }

    @Test
    void shouldFindFailedLogins() throws Exception {
        List<String> rows = answer("Find failed authentication attempts");

        assertThat(rows).hasSize(7);
        assertThat(columns(rows, 1, 2, 3, 4))
                .startsWith("mallory|10.0.0.9|AUTH_FAILED|{\"method\": \"password\"}")
                .endsWith("bob|10.0.0.2|AUTH_FAILED|{\"method\": \"password\"}");
    }

    @Test
    void shouldTrackAccessByUser() throws Exception {
        assertThat(answer("Track data access by user")).containsExactly("alice|3|2");
    }

    @Test
    void shouldFindSuspiciousPatterns() throws Exception {
        assertThat(columns(answer("Find suspicious patterns"), 0, 1, 2)).containsExactly("mallory|10.0.0.9|6");
    }

    @Test
    void shouldReportForCompliance() throws Exception {
        assertThat(answer("Generate compliance report"))
                .containsExactly("2024-01-01|LOGOUT|1|1|1", "2024-01-15|LOGOUT|1|1|1", "2024-01-31|LOGOUT|1|1|1");
    }

    /** PostgreSQL takes the names of results in ORDER BY, but not in an expression there, whatever the table. */
    @Test
    void shouldReportTheActivityOfUsersOnceItsOrderIsSpelledOut() throws Exception {
        String report = DocumentedQueries.titled("User activity report");
        try (Connection connection = database.admin()) {
            assertThatThrownBy(() -> Sql.rows(connection, report))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("column \"reads\" does not exist");

            assertThat(columns(Sql.rows(connection, ordered(report)), 0, 1, 2, 3))
                    .hasSize(4)
                    .startsWith("alice|1|2|0")
                    .contains("mallory|0|0|6", "bob|0|0|1", "carol|0|0|0");
        }
    }

    private static String ordered(String report) {
        return report.replace("SELECT\nusername", "SELECT * FROM (SELECT\nusername")
                .replace("ORDER BY (reads", ") AS r ORDER BY (reads");
    }

    @Test
    void shouldDetectEscalation() throws Exception {
        assertThat(columns(answer("Privilege escalation detection"), 0, 2, 3))
                .containsExactly("carol|GRANT ALL ON users TO mallory|{}");
    }

    @Test
    void shouldTrackExports() throws Exception {
        assertThat(columns(answer("Data export tracking (for GDPR/CCPA)"), 0, 2, 3, 4))
                .containsExactly("carol|users|1000|10.0.0.1", "dave|users|500|10.0.0.1");
    }

    @Test
    void shouldExport() throws Exception {
        String export = DocumentedQueries.titled("Export audit logs");
        try (Connection connection = database.admin()) {
            Sql.run(connection, "SET TimeZone = 'UTC'");
            // The server has no such directory, and says so once it has understood the rest.
            assertThatThrownBy(() -> Sql.run(connection, export))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("58P01");

            Sql.run(connection, "CREATE TABLE exported (csv text)");
            Sql.run(connection, export.replace("'/exports/audit_january_2024.csv'", "PROGRAM 'cat > exported.csv'"));
            Sql.run(connection, "COPY exported FROM PROGRAM 'cat exported.csv' WITH (DELIMITER E'\\x01')");

            assertThat(Sql.rows(connection, "SELECT * FROM exported"))
                    .hasSize(4)
                    .allMatch(row -> row.startsWith("seq,log_id,id,timestamp,") || row.contains(",LOGOUT,INFO,erin,"));
        }
    }

    @Test
    void shouldKnowEveryQuery() throws IOException {
        assertThat(DocumentedQueries.all()).hasSize(9).allMatch(query -> query.startsWith("-- "));
    }

    /** H2 has no COPY and no DATE(x), and writes INTERVAL '1' HOUR. */
    @Test
    void shouldAnswerTheSameInH2AsFarAsItSpeaksTheLanguage() throws Exception {
        H2Database file = H2Database.in(directory);
        store(file.options());
        int compared = 0;
        try (Connection h2 = file.admin();
                Connection postgres = database.admin()) {
            Sql.run(postgres, "SET TimeZone = 'UTC'");
            Sql.run(h2, "SET TIME ZONE 'UTC'");
            for (String query : DocumentedQueries.all()) {
                if (!query.contains("COPY (\n")) {
                    String standard = query.contains("(reads + writes)") ? ordered(query) : query;
                    String spoken = standard.replaceAll("INTERVAL '(\\d+) (hour|day)s?'", "INTERVAL '$1' $2")
                            .replaceAll("DATE\\(timestamp\\)", "CAST(timestamp AS DATE)");
                    assertThat(Sql.rows(h2, spoken)).as(query).hasSameSizeAs(Sql.rows(postgres, standard));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(8);
    }
}
