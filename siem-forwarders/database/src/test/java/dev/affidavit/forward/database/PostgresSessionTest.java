package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real PostgreSQL allows, forbids and is slow to do. */
@RequiresProgram("postgres")
@Timeout(180)
@Tag("receivers")
final class PostgresSessionTest {
    /** It waits for nothing, on a machine that may be busy; if it waited for the server, it would never end. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private PostgresDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = PostgresDatabase.create();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void admin(String sql) throws SQLException {
        try (Connection admin = database.admin()) {
            Sql.run(admin, sql.replace("USER", database.name()));
        }
    }

    private Map<String, String> options(String... further) {
        Map<String, String> options = new HashMap<>(database.options());
        for (int i = 0; i < further.length; i += 2) {
            options.put(further[i], further[i + 1]);
        }
        return options;
    }

    /** For a server that does not answer. */
    private Map<String, String> impatient() {
        return options("connectTimeout", "3s", "timeout", "3s");
    }

    private void store() throws IOException {
        try (Destination destination = Destinations.open(options())) {
            assertThat(destination.deliver(SampleLines.lines("{}")).settled()).isOne();
        }
    }

    private void requireMisconfigured(Map<String, String> options, String... said) {
        assertThatThrownBy(() -> {
                    try (Destination destination = Destinations.open(options)) {
                        destination.deliver(SampleLines.lines("{}"));
                    }
                })
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContainingAll(said)
                .message()
                .doesNotContain(database.password());
    }

    private void makeTableOfAnother() throws SQLException {
        for (String sql : TableText.of(Product.POSTGRESQL, new Names(false, "public", "entropy_audit_log"))) {
            admin(sql);
        }
        admin("ALTER DATABASE USER OWNER TO postgres");
    }

    @Test
    void shouldNeedNoRightButToSelectToReadWhatIsStored() throws Exception {
        makeTableOfAnother();
        admin("GRANT INSERT ON entropy_audit_log TO USER");
        store();
        StoredLines stored =
                (StoredLines) Destinations.configured(database.options()).requireGood();
        AtomicInteger lines = new AtomicInteger();

        assertThatThrownBy(() -> stored.read(SampleLines.LOG.logId(), (line, id) -> lines.incrementAndGet()))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("Grant SELECT");
        admin("REVOKE INSERT ON entropy_audit_log FROM USER");
        admin("GRANT SELECT ON entropy_audit_log TO USER");
        stored.read(SampleLines.LOG.logId(), (line, id) -> lines.incrementAndGet());

        assertThat(lines).hasValue(1);
    }

    @Test
    void shouldNeedNoRightButToInsert() throws Exception {
        makeTableOfAnother();
        admin("GRANT INSERT ON entropy_audit_log TO USER");

        store();
        store();

        try (Connection admin = database.admin()) {
            assertThat(Sql.count(admin)).isOne();
        }
    }

    @Test
    void shouldSayThatItMayNotInsert() throws Exception {
        makeTableOfAnother();

        requireMisconfigured(options(), "permission denied for table", "Grant INSERT on the table");
    }

    @Test
    void shouldSayThatItMayNotCreate() throws Exception {
        admin("ALTER DATABASE USER OWNER TO postgres");

        requireMisconfigured(options(), "permission denied for schema public", "CREATE on its schema");
        requireMisconfigured(options("createTable", "false"), "there is no table \"public\".\"entropy_audit_log\"");
        requireMisconfigured(options("table", "nowhere.t"), "nowhere");
    }

    @Test
    void shouldSayThatTheTableIsAnother() throws Exception {
        admin("CREATE TABLE entropy_audit_log (id text, log_id text, timestamp timestamptz)");
        requireMisconfigured(options(), "has no column client_addr, command, ");
        admin("DROP TABLE entropy_audit_log");
        makeTableOfAnother();
        admin("ALTER TABLE entropy_audit_log DROP CONSTRAINT entropy_audit_log_pkey");

        requireMisconfigured(options(), "has no primary key of id, line_sha256, log_id");
    }

    /** Inserting would pass over them without a word. */
    @Test
    void shouldRefuseATableThatTakesLinesForRepeats() throws Exception {
        store();
        admin("CREATE UNIQUE INDEX once ON entropy_audit_log (id)");
        requireMisconfigured(options(), "unique index once, of id");
        admin("DROP INDEX once");
        admin("CREATE UNIQUE INDEX wider ON entropy_audit_log (log_id, id, line_sha256, seq)");
        store();
        admin("DROP INDEX wider");
        admin("ALTER TABLE entropy_audit_log DROP CONSTRAINT entropy_audit_log_pkey");
        admin("CREATE UNIQUE INDEX partly ON entropy_audit_log (log_id, id, line_sha256) WHERE id <> ''");
        requireMisconfigured(options(), "has no primary key of");
    }

    @Test
    void shouldSayThatItCannotLogIn() throws Exception {
        System.setProperty("affidavit.test.wrong", "wrong-password");
        requireMisconfigured(options("password", "sys:affidavit.test.wrong"), "password authentication failed");
        requireMisconfigured(
                options("url", PostgresDatabase.server().url("nosuch")), "database \"nosuch\" does not exist");
        System.clearProperty("affidavit.test.wrong");
    }

    @Test
    void shouldWaitForAServerThatTakesWrites() throws Exception {
        store();
        admin("ALTER ROLE USER SET default_transaction_read_only = on");

        assertThatThrownBy(() -> Destinations.open(options()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("targetServerType: primary");
    }

    @Test
    void shouldRefuseADatabaseThatCannotHoldEveryText() throws Exception {
        admin("CREATE DATABASE USER_latin ENCODING 'LATIN1' TEMPLATE template0 OWNER USER");
        try {
            requireMisconfigured(
                    options("url", PostgresDatabase.server().url(database.name() + "_latin")), "encoding LATIN1");
        } finally {
            admin("DROP DATABASE USER_latin WITH (FORCE)");
        }
    }

    @Test
    void shouldPauseWhereConnectionsAreUsedUp() throws Exception {
        admin("ALTER ROLE USER CONNECTION LIMIT 0");

        assertThatThrownBy(() -> Destinations.open(options())).isInstanceOf(DestinationBusyException.class);
    }

    @Test
    void shouldCommitDurablyWhateverTheDefault() throws Exception {
        store();
        admin("ALTER ROLE USER SET synchronous_commit = off");
        admin("ALTER TABLE entropy_audit_log ADD COLUMN how text DEFAULT current_setting('synchronous_commit')");

        try (Destination destination = Destinations.open(options())) {
            destination.deliver(SampleLines.lines("{\"id\":\"2\"}"));
        }

        try (Connection admin = database.admin()) {
            assertThat(Sql.rows(admin, "SELECT how FROM entropy_audit_log WHERE id = '2'"))
                    .containsExactly("on");
        }
    }

    @Test
    void shouldGiveUpWhereARowIsLocked() throws Exception {
        store();
        try (Connection locking = database.admin()) {
            locking.setAutoCommit(false);
            Sql.run(locking, "LOCK TABLE entropy_audit_log IN EXCLUSIVE MODE");

            Deadline.await("it is told of the statement's end", SOON, this::isToldOfTheStatementsEnd);
        }
    }

    /** False if the machine stood still for so long that the server's answer came too late. */
    private boolean isToldOfTheStatementsEnd() {
        try (Destination destination = openImpatient()) {
            destination.deliver(SampleLines.lines("{}"));
        } catch (IOException e) {
            assertThat(e).isExactlyInstanceOf(IOException.class);
            return String.valueOf(e.getMessage()).contains("statement timeout");
        }
        throw new AssertionError("expected an end, found a row in a locked table");
    }

    /** However long the machine stands still: the server answers. */
    private Destination openImpatient() {
        AtomicReference<@Nullable Destination> opened = new AtomicReference<>();
        Deadline.await("a connection in time", SOON, () -> {
            try {
                opened.set(Destinations.open(impatient()));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return Objects.requireNonNull(opened.get());
    }

    @Test
    void shouldGiveUpWhereTheServerHangs() throws Exception {
        Destination destination = openImpatient();
        PostgresDatabase.server().suspend();
        try {
            String large = "{\"id\":\"%s\"}".formatted("x".repeat(8 * 1024 * 1024)); // more than the kernel takes
            assertThatThrownBy(() -> destination.deliver(SampleLines.lines(large)))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(MisconfiguredDestinationException.class);
            long from = System.nanoTime();
            destination.close();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(CLOSE_LIMIT);
            assertThatThrownBy(() -> Destinations.open(impatient())).isInstanceOf(IOException.class);
        } finally {
            PostgresDatabase.server().resume();
        }
        store();
    }
}
