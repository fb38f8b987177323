package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;

final class H2RowsTest extends StoredRowsContract {
    @Override
    TestDatabase create(Path directory) {
        return H2Database.in(directory);
    }

    @Test
    void shouldKeepItsFileFromOthers() throws IOException {
        H2Database database = H2Database.in(directory);
        Destinations.open(database.options()).close();

        assertThat(Files.getPosixFilePermissions(Path.of(database.path() + ".mv.db")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void shouldLetOthersReadMeanwhile() throws Exception {
        H2Database database = H2Database.in(directory);
        Map<String, String> options = new HashMap<>(database.options());
        options.computeIfPresent("url", (name, url) -> url + ";auto_server=true;trace_level_file=1");

        try (Destination destination = Destinations.open(options)) {
            assertThat(destination.deliver(SampleLines.lines("{}")).settled()).isOne();
        }
        // Closing waits for no disk: H2 may still write what the end of the test removes.
        Deadline.await(
                "the end of H2", Duration.ofSeconds(60), () -> !Files.exists(Path.of(database.path() + ".lock.db")));
    }

    /** H2 would write into a file that others may read what it could not do. */
    @Test
    void shouldLeaveNoFileBesideIt() throws Exception {
        H2Database database = H2Database.in(directory);
        Destinations.open(database.options()).close();
        try (Connection admin = database.admin()) {
            Sql.run(
                    admin,
                    "CREATE TRIGGER t BEFORE INSERT ON entropy_audit_log FOR EACH ROW CALL '%s'"
                            .formatted(Failing.class.getName()));
        }

        try (Destination destination = Destinations.open(database.options())) {
            assertThatThrownBy(() -> destination.deliver(SampleLines.lines("{}")))
                    .isInstanceOf(IOException.class);
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(Path.of(database.path() + ".mv.db"));
        }
    }

    /** Fails as no database means to. */
    public static final class Failing implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            throw new IllegalStateException("a trigger that fails");
        }
    }

    @Test
    void shouldKeepALineThatIsTooLongForALog() throws Exception {
        String large = "{\"id\":\"%s\"}".formatted("x".repeat(3 * 1024 * 1024));
        H2Database database = H2Database.in(directory);

        try (Destination destination = Destinations.open(database.options())) {
            assertThat(destination.deliver(SampleLines.lines(large)).refusals()).isEmpty();
        }

        try (Connection connection = database.admin()) {
            assertThat(Sql.rows(connection, "SELECT line FROM entropy_audit_log"))
                    .containsExactly(large);
        }
    }

    @Test
    void shouldMakeNoFileToReadFrom() {
        H2Database database = H2Database.in(directory);
        StoredLines stored =
                (StoredLines) Destinations.configured(database.options()).requireGood();

        assertThatThrownBy(() -> stored.read(SampleLines.LOG.logId(), (line, id) -> {}))
                .isInstanceOf(MisconfiguredDestinationException.class);
        assertThat(Path.of(database.path() + ".mv.db")).doesNotExist();
    }
}
