package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affidavit.testkit.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that was forwarded to a table, and attacks on either. */
@Timeout(600)
abstract class AgainstForwarderContract {
    private static final int EVENTS = 30;
    private static final String LINE_OF = "WHERE id = 'evt_%d_1795213454'";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private SealedLog log;

    @SuppressWarnings("NullAway.Init")
    private Path pins;

    /** Those of the forwarder, such as {@code url: x, user: y}. */
    abstract String options(Path directory) throws SQLException;

    /** A connection that may do everything. */
    abstract Connection admin(Path directory) throws SQLException;

    @BeforeEach
    void write() throws IOException {
        log = SealedLog.in(temporary.toRealPath().resolve("log"), EVENTS);
        pins = Files.writeString(
                temporary.resolve("pins"),
                Affidavit.run("keys", "export", log.directory()).output());
    }

    private Path config(Path directory) throws IOException, SQLException {
        return Files.writeString(
                temporary.resolve("agent.yaml"),
                "directory: %s\nforwarders: [{to: database, name: db, %s}]\n".formatted(directory, options(temporary)));
    }

    private void forward() throws IOException, SQLException {
        forward(log.directory());
    }

    private void forward(Path directory) throws IOException, SQLException {
        CommandLineRun run = Affidavit.run("forward", config(directory), "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    private CommandLineRun verify(Object... further) throws IOException, SQLException {
        List<Object> arguments = new ArrayList<>(List.of("verify", log.directory(), "--key", pins));
        arguments.addAll(List.of("--config", config(log.directory()), "--against-forwarder", "db"));
        arguments.addAll(List.of(further));
        return Affidavit.run(arguments.toArray());
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = admin(temporary);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isOne();
        }
    }

    private static long nanos(int event) {
        return 1_795_213_454_000_000_000L + event;
    }

    private static void assertFound(CommandLineRun run, int exitCode, String verdict, String... says) {
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).startsWith(verdict + ": ").contains(says);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void shouldPassALogOfWhichAllIsStored() throws Exception {
        forward();

        assertFound(
                verify(), 0, "anchored", "30 given, 30 found", "has lines from 0 to 29; 0 behind them not, or not yet");
        JsonNode found = verify("--json").json();
        assertThat(found.path("forwarder").asText()).isEqualTo("db");
        assertThat(found.path("stored_from").asInt(-1)).isZero();
        assertThat(found.path("stored_end").asInt()).isEqualTo(EVENTS);
    }

    @Test
    void shouldNotMissWhatIsNotForwardedYet() throws Exception {
        forward();
        log.append(EVENTS, EVENTS + 5);

        assertFound(verify(), 0, "anchored", "has lines from 0 to 29; 5 behind them not, or not yet");
    }

    /** Files and seals alone say nothing against it. */
    @Test
    void shouldFindThatTheTailOfTheLogWasCut() throws Exception {
        Path older = temporary.resolve("older");
        log.copyTo(older);
        log.append(EVENTS, EVENTS + 3);
        forward();
        log.putBack(older);

        assertThat(Affidavit.run("verify", log.directory(), "--key", pins).exitCode())
                .isZero();
        assertFound(verify(), 5, "truncated", "evt_%d_1795213454 in the log, found none".formatted(nanos(EVENTS)));
    }

    @Test
    void shouldTellThatARowWasDeleted() throws Exception {
        forward();
        sql("DELETE FROM entropy_audit_log " + LINE_OF.formatted(nanos(7)));

        assertFound(verify(), 8, "not stored", "line 7: expected them where", "[anchor-stored]");
    }

    @Test
    void shouldTellThatARowWasAltered() throws Exception {
        forward();
        sql("UPDATE entropy_audit_log SET line = replace(line, 'WARNING', 'INFO') " + LINE_OF.formatted(nanos(7)));

        assertFound(verify(), 6, "rolled back", "line 7: expected evt_" + nanos(7), "another line under this id");
    }

    @Test
    void shouldTellThatARowWasAdded() throws Exception {
        forward();
        sql("INSERT INTO entropy_audit_log (log_id, id, transformed, line, line_sha256)"
                + " SELECT log_id, 'evt_1795213454000000007_1795213455', '', '{}', line_sha256 FROM entropy_audit_log "
                + LINE_OF.formatted(nanos(7)));

        assertFound(verify(), 6, "rolled back", "evt_1795213454000000007_1795213455 in the log, found none");
    }

    /** A checkpoint is worth what its signature is, wherever it is read. */
    @Test
    void shouldTakeCheckpointsOutOfEvents() throws Exception {
        ObjectNode event = new ObjectMapper().createObjectNode();
        event.put("id", "evt_%d_1795213454".formatted(nanos(EVENTS))).put("event_type", "AUDIT_CHECKPOINT");
        event.putObject("details").put("checkpoint", log.checkpoint());
        log.append(event.toString());
        forward();

        JsonNode found = verify("--json").json();

        assertThat(found.path("checkpoints_given").asInt()).isOne();
        assertThat(found.path("anchored").asInt()).isEqualTo(EVENTS);
    }

    @Test
    void shouldNotPassWhereNothingOfTheLogIsStored() throws Exception {
        Path other = temporary.resolve("other");
        SealedLog.in(other, 3);
        forward(other);

        CommandLineRun run = verify();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errorLines()).hasSize(1);
        assertThat(run.errors()).startsWith("db, table entropy_audit_log in ").contains(", has no event of the log ");
    }
}
