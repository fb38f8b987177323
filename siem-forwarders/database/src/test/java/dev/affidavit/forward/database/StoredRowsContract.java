package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.testkit.delivery.MixedEvents;
import dev.affidavit.testkit.extension.SampleLines;
import dev.affidavit.testkit.hostile.HostileFields;
import dev.affidavit.testkit.hostile.HostileTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the table afterwards, in either product. */
abstract class StoredRowsContract {
    private static final List<String> TEXTS = Stream.concat(
                    HostileFields.TEXT_FIELDS.stream(), Stream.of("event_type", "service", "host"))
            .toList();

    @TempDir
    Path directory;

    private TestDatabase database;

    abstract TestDatabase create(Path directory) throws SQLException;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = create(directory);
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        database.close();
    }

    private List<Delivery.Refusal> deliver(List<ForwardedLine> lines) throws IOException {
        List<Delivery.Refusal> refusals = new ArrayList<>();
        try (Destination destination = Destinations.open(database.options())) {
            for (List<ForwardedLine> left = lines; !left.isEmpty(); ) {
                Delivery delivery = destination.deliver(left);
                int before = lines.size() - left.size();
                delivery.refusals()
                        .forEach(refusal ->
                                refusals.add(new Delivery.Refusal(before + refusal.index(), refusal.reason())));
                left = left.subList(delivery.settled(), left.size());
            }
        }
        return refusals;
    }

    private void deliver(Object... lines) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object line : lines) {
            texts.add(line.toString());
        }
        assertThat(deliver(SampleLines.lines(texts))).isEmpty();
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.admin()) {
            return Sql.rows(connection, sql);
        }
    }

    private List<String> rows(String columns, String table) throws SQLException {
        return rows("SELECT %s FROM %s ORDER BY seq".formatted(columns, table));
    }

    private String row(String columns) throws SQLException {
        List<String> rows = rows(columns, "entropy_audit_log");
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void shouldGiveEachFieldItsColumn() throws Exception {
        EventText event = EventText.number(1)
                .text("username", "alice")
                .text("session_id", "s1")
                .text("ip_address", "192.168.1.100")
                .with("port", "5432")
                .text("user_agent", "cli")
                .text("description", "d")
                .with("details", "{\"a\":1}")
                .with("success", "false")
                .text("error_code", "E1")
                .text("database_name", "db")
                .text("object_type", "table")
                .text("object_name", "t")
                .text("command", "SELECT 1")
                .with("rows_affected", "9007199254740992")
                .text("service", "shop")
                .text("host", "h9");

        deliver(event);

        assertThat(
                        row(
                                "log_id, id, event_type, severity, username, session_id, client_addr, port, user_agent, description"))
                .isEqualTo(SampleLines.LOG.logId()
                        + "|evt_1795213454000000001_1795213454|SELECT|INFO|alice|s1|192.168.1.100|5432|cli|d");
        assertThat(row("error_code, database_name, object_type, object_name, command, rows_affected, service, host,"
                        + " transformed, line_bytes"))
                .isEqualTo("E1|db|table|t|SELECT 1|9007199254740992|shop|h9||-");
        assertThat(row("line")).isEqualTo(event.toString());
        assertThat(rows("SELECT count(*) FROM entropy_audit_log WHERE NOT success AND timestamp ="
                        + " CAST('2026-11-20 22:24:14.000001+00' AS timestamp with time zone)"
                        + " AND stored_at > timestamp - INTERVAL '9' DAY"))
                .containsExactly("1");
        assertThat(row("details").replace(" ", "")).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldLeaveNullWhatAnEventDoesNotSay() throws Exception {
        deliver(EventText.number(1));

        assertThat(row("username, session_id, client_addr, port, user_agent, description, error_code, database_name,"
                        + " object_type, object_name, command, rows_affected, service, host, transformed"))
                .isEqualTo("-|-|-|-|-|-|-|-|-|-|-|-|payments|host1|");
    }

    @Test
    void shouldKeepEveryHostileTextInEveryField() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String text : HostileTexts.all()) {
            EventText event = EventText.number(lines.size());
            for (String field : TEXTS) {
                event = event.text(field, text);
            }
            String quoted = EventText.quoted(text);
            lines.add(event.with("details", "{%1$s:[%1$s]}".formatted(quoted)).toString());
        }

        deliver(lines.toArray());

        assertThat(rows("line", "entropy_audit_log")).isEqualTo(lines);
        List<String> stored = rows("description, command, transformed", "entropy_audit_log");
        for (int i = 0; i < lines.size(); i++) {
            String text = HostileTexts.all().get(i);
            if (!text.isEmpty()) {
                String held = StorableText.of(text);
                String row = stored.get(i);
                assertThat(row).startsWith(held + "|" + held + "|");
                assertThat(row.substring(2 * held.length() + 2).contains("description"))
                        .as(row)
                        .isEqualTo(!held.equals(text));
            }
        }
    }

    @Test
    void shouldMarkWhatNoColumnCanHold() throws Exception {
        deliver(EventText.number(1)
                .text("username", "a\0b")
                .text("command", "half \ud83d")
                .with("details", "{\"k\\u0000\":\"\\udc00\",\"n\":1e999999,\"m\":1.5}"));

        assertThat(row("username, command, transformed")).isEqualTo("a\\u0000b|half \\ud83d|username,details,command");
        assertThat(row("details")).contains("k\\\\u0000", "\\\\udc00", "\"1e999999\"", "1.5");
    }

    @Test
    void shouldKeepWhatIsTooLongForAnIndex() throws Exception {
        String letters = "ab\u00e9\u5bc6".repeat(20_000);
        EventText event = EventText.number(1)
                .text("username", letters)
                .text("event_type", letters)
                .text("id", letters);

        deliver(event);

        assertThat(row("line")).isEqualTo(event.toString());
        assertThat(row("transformed")).isEqualTo("id,event_type,username");
        assertThat(row("username")).isEqualTo(letters.substring(0, 512) + "…[cut, 80000 characters]");
        assertThat(row("id")).startsWith(letters.substring(0, 128) + "…");
    }

    @Test
    void shouldKeepALineOfAMegabyte() throws Exception {
        EventText small = EventText.number(1);
        EventText event =
                small.text("command", "x".repeat(1024 * 1024 - small.toString().length() - 13));

        deliver(event);

        assertThat(event.toString()).hasSizeGreaterThan(1024 * 1024 - 10).hasSizeLessThanOrEqualTo(1024 * 1024);
        assertThat(row("line")).isEqualTo(event.toString());
    }

    @Test
    void shouldKeepDetailsThatAreDeepOrStrange() throws Exception {
        String deep = "[".repeat(2000) + "]".repeat(2000);
        deliver(
                EventText.number(1).with("details", deep),
                EventText.number(2).with("details", "\"text\""),
                EventText.number(3).with("details", "null"),
                EventText.number(4).with("details", "{\"a\":{\"b\":[1,-0,1E+300,4.9E-324,true,null]}}"),
                EventText.number(5).with("details", "1e-99999999999"));

        assertThat(rows("transformed", "entropy_audit_log")).containsExactly("details", "", "", "", "details");
        assertThat(rows("details", "entropy_audit_log").get(0)).contains("[cut, nested deeper than 64]");
        assertThat(rows("details", "entropy_audit_log").get(4)).isEqualTo("\"1e-99999999999\"");
    }

    @Test
    void shouldMarkWhatALineSaysTwice() throws Exception {
        deliver("{\"username\":\"alice\",\"port\":1,\"username\":\"mallory\",\"command\":\"x\",\"command\":null}");

        assertThat(row("username, port, transformed")).isEqualTo("mallory|1|username,command");
    }

    @Test
    void shouldLeaveNullWhatIsOfAnotherKind() throws Exception {
        deliver(EventText.number(1)
                .text("timestamp", "yesterday")
                .text("port", "x")
                .text("success", "yes")
                .with("rows_affected", "9223372036854775808")
                .with("username", "{\"a\":[1]}"));

        assertThat(row("timestamp, port, success, rows_affected, username, transformed"))
                .isEqualTo("-|-|-|-|-|timestamp,username,port,success,rows_affected");
    }

    @Test
    void shouldKeepWhatIsNoEventOnce() throws Exception {
        byte[] noText = {'{', (byte) 0xff, 0, '}'};
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.lines(
                "eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d",
                "{}",
                "{} {}",
                "not JSON",
                "{}",
                "{\"id\":\"x\""));
        lines.add(new ForwardedLine(noText));

        assertThat(deliver(lines)).isEmpty();
        assertThat(deliver(lines)).isEmpty();

        assertThat(rows("id, line", "entropy_audit_log"))
                .containsExactly(
                        "|eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d",
                        "|{}",
                        "|{} {}",
                        "|not JSON",
                        "|{\"id\":\"x\"",
                        "|-");
        try (Connection connection = database.admin()) {
            assertThat(Sql.lines(connection).get(5)).isEqualTo(noText);
        }
    }

    @Test
    void shouldKeepAForgedLineBesideTheOneWhoseIdItHas() throws Exception {
        deliver(
                EventText.number(1).text("username", "alice"),
                EventText.number(1).text("username", "mallory"));

        assertThat(rows("username", "entropy_audit_log")).containsExactly("alice", "mallory");
    }

    @Test
    void shouldRefuseTheGuiltyRowsAlone() throws Exception {
        Destinations.open(database.options()).close();
        try (Connection admin = database.admin()) {
            Sql.run(admin, "ALTER TABLE entropy_audit_log ADD CONSTRAINT polite CHECK (command <> 'rude')");
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(EventText.number(i)
                    .text("command", i == 0 || i == 41 || i == 99 ? "rude" : "polite")
                    .toString());
        }

        List<Delivery.Refusal> refusals = deliver(SampleLines.lines(lines));

        assertThat(refusals).extracting(Delivery.Refusal::index).containsExactly(0, 41, 99);
        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(refusal.reason())
                        .containsIgnoringCase("polite")
                        .contains("SQLSTATE 23")
                        .doesNotContain("evt_"));
        List<String> expected = new ArrayList<>(lines);
        expected.removeIf(line -> line.contains("rude"));
        assertThat(rows("line", "entropy_audit_log")).isEqualTo(expected);
    }

    @Test
    void shouldStoreEachEventOnce() throws Exception {
        requireOnce(2000);
    }

    @Tag("campaign")
    @Timeout(1200)
    @Test
    void shouldStoreEachOfManyEventsOnce() throws Exception {
        requireOnce(Integer.getInteger("affidavit.events", 100_000));
    }

    /** Sent, and sent again from the start in other batches. */
    private void requireOnce(int count) throws Exception {
        List<ForwardedLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new ForwardedLine(MixedEvents.event(i).getBytes(StandardCharsets.UTF_8)));
        }
        for (int batch : new int[] {1000, 700}) {
            long from = System.nanoTime();
            try (Destination destination = Destinations.open(database.options())) {
                for (int i = 0; i < count; ) {
                    Delivery delivery = destination.deliver(lines.subList(i, Math.min(count, i + batch)));
                    assertThat(delivery.refusals()).isEmpty();
                    i += delivery.settled();
                }
            }
            System.out.printf("%s: %d lines in %d ms%n", database, count, (System.nanoTime() - from) / 1_000_000);
            try (Connection connection = database.admin()) {
                assertThat(Sql.count(connection)).isEqualTo(count);
            }
        }
        try (Connection connection = database.admin()) {
            List<byte[]> stored = Sql.lines(connection);
            for (int i = 0; i < count; i++) {
                assertThat(stored.get(i)).isEqualTo(lines.get(i).json());
            }
        }
    }

    @Test
    void shouldTakeTheTableThatIsThere() throws Exception {
        deliver(EventText.number(1));
        deliver(EventText.number(2));

        assertThat(rows("id", "entropy_audit_log")).hasSize(2);
    }

    @Test
    void shouldFindWhatAUserMeansByAName() throws Exception {
        Map<String, String> options = new HashMap<>(database.options());
        options.put("table", "Order");
        try (Destination destination = Destinations.open(options)) {
            assertThat(destination.deliver(SampleLines.lines("{}")).settled()).isOne();
        }

        String name = this instanceof PostgresRowsTest ? "order" : "ORDER";
        assertThat(rows("SELECT count(*) FROM \"%s\"".formatted(name))).containsExactly("1");
    }

    private List<StoredLine> read(String logId) throws IOException {
        List<StoredLine> read = new ArrayList<>();
        StoredLines stored =
                (StoredLines) Destinations.configured(database.options()).requireGood();
        stored.read(logId, (line, id) -> read.add(new StoredLine(new String(line, StandardCharsets.ISO_8859_1), id)));
        return read;
    }

    /** The bytes as characters, so that two can be compared. */
    private record StoredLine(String line, @Nullable String id) {}

    @Test
    void shouldGiveBackTheLinesOfOneLogToTheByte() throws Exception {
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.events(0, 250));
        HostileTexts.all().forEach(text -> lines.add(SampleLines.line(text.replaceAll("[\\r\\n]", " "))));
        lines.add(new ForwardedLine(new byte[] {'{', (byte) 0xC3, '}'}));
        lines.add(SampleLines.line("{\"id\":\"evt_1\",\"description\":\"\\u0000 é \\u00e9 \\/\"}"));
        deliver(lines);
        try (Destination other = Destinations.configured(database.options())
                .requireGood()
                .open(new LogIdentity("f".repeat(32), "", "h"))) {
            other.deliver(SampleLines.events(300, 301));
        }

        List<StoredLine> read = read(SampleLines.LOG.logId());

        assertThat(read)
                .extracting(StoredLine::line)
                .containsExactlyInAnyOrderElementsOf(lines.stream()
                        .map(line -> new String(line.json(), StandardCharsets.ISO_8859_1))
                        .distinct()
                        .toList());
        assertThat(read)
                .extracting(StoredLine::id)
                .contains("evt_1", null, lines.get(0).id());
        assertThat(read("f".repeat(32))).hasSize(1);
        assertThat(read("e".repeat(32))).isEmpty();
    }

    @Test
    void shouldGiveBackWhatIsLeftOfARowThatWasChanged() throws Exception {
        deliver(SampleLines.events(0, 1));
        try (Connection connection = database.admin()) {
            Sql.run(connection, "UPDATE entropy_audit_log SET line = NULL");
        }

        assertThat(read(SampleLines.LOG.logId()))
                .containsExactly(
                        new StoredLine("", SampleLines.events(0, 1).get(0).id()));
    }

    @Test
    void shouldMakeNoTableToReadFrom() throws Exception {
        deliver("{}");
        try (Connection connection = database.admin()) {
            Sql.run(connection, "DROP TABLE entropy_audit_log");

            assertThatThrownBy(() -> read(SampleLines.LOG.logId()))
                    .isInstanceOf(MisconfiguredDestinationException.class)
                    .message()
                    .containsIgnoringCase("entropy_audit_log");
            assertThatThrownBy(() -> Sql.count(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(Sql.isMissing(e)).isTrue());
        }
    }
}
