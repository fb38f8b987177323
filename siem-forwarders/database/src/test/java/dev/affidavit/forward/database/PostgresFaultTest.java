package dev.affidavit.forward.database;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@RequiresProgram("postgres")
@Tag("receivers")
final class PostgresFaultTest extends DeliveryFaultContract {
    @Override
    protected ReceiverUnderTest startReceiver(Path directory) throws Exception {
        return new RealPostgres(PostgresDatabase.create());
    }

    /** A database of a real PostgreSQL; the whole server is killed and held up. */
    private record RealPostgres(PostgresDatabase database) implements ReceiverUnderTest {
        @Override
        public DestinationProvider provider() {
            return new DatabaseProvider();
        }

        @Override
        public int port() {
            return PostgresDatabase.server().port();
        }

        @Override
        public Map<String, String> options(int port, Duration timeout) {
            Map<String, String> options = database.options(port);
            options.put("connectTimeout", "%ds".formatted(timeout.toSeconds()));
            options.put("timeout", "%ds".formatted(timeout.toSeconds()));
            return options;
        }

        @Override
        public Map<String, String> systemProperties() {
            return Map.of(database.property(), database.password());
        }

        @Override
        public boolean keepsWhatItAcknowledged() {
            return true;
        }

        @Override
        public List<String> received() {
            return ask(
                    connection -> Sql.lines(connection).stream()
                            .map(line -> new String(line, StandardCharsets.UTF_8))
                            .toList(),
                    List.of());
        }

        @Override
        public int count() {
            return ask(Sql::count, 0);
        }

        private <T> T ask(Question<T> question, T withoutTable) {
            try (Connection connection = database.admin()) {
                return question.ask(connection);
            } catch (SQLException e) {
                if (Sql.isMissing(e)) {
                    return withoutTable;
                }
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void kill() {
            PostgresDatabase.server().kill();
        }

        @Override
        public void start() {
            PostgresDatabase.server().restart();
        }

        @Override
        public void suspend() {
            PostgresDatabase.server().suspend();
        }

        @Override
        public void resume() {
            PostgresDatabase.server().resume();
        }

        @Override
        public void close() {
            PostgresDatabase.server().resume();
            try {
                database.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private interface Question<T> {
            T ask(Connection connection) throws SQLException;
        }
    }
}
