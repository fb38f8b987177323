package dev.affidavit.forward.database;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@RequiresProgram("postgres")
final class PostgresContractTest extends DestinationContract {
    @Override
    protected DestinationUnderTest start() throws Exception {
        return new OverJdbc(PostgresDatabase.create());
    }

    /** A database of a real PostgreSQL. */
    private static final class OverJdbc implements DestinationUnderTest {
        private final PostgresDatabase database;
        /** Holds a lock, if it is there. */
        private @Nullable Connection hanging;

        OverJdbc(PostgresDatabase database) {
            this.database = database;
        }

        @Override
        public DestinationProvider provider() {
            return new DatabaseProvider();
        }

        @Override
        public Map<String, String> options() {
            return database.options();
        }

        @Override
        public boolean acknowledges() {
            return true;
        }

        @Override
        public List<byte[]> received() {
            try (Connection admin = database.admin()) {
                return Sql.lines(admin);
            } catch (SQLException e) {
                if (Sql.isMissing(e)) {
                    return List.of();
                }
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int connections() {
            return (int) PostgresDatabase.server().count("connection authorized: user=" + database.name() + " ");
        }

        @Override
        public void refuse() {
            makeTable();
            admin("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'refused % of %, who says %', NEW.line, session_user, '%s'; END $$;
                    CREATE TRIGGER refusing BEFORE INSERT ON entropy_audit_log FOR EACH ROW EXECUTE FUNCTION refuse()
                    """.replace("'%s'", "'" + database.password() + "'"));
        }

        @Override
        public void hang() {
            makeTable();
            try {
                Connection locking = database.admin();
                hanging = locking;
                locking.setAutoCommit(false);
                Sql.run(locking, "LOCK TABLE entropy_audit_log IN EXCLUSIVE MODE");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void makeTable() {
            try {
                Destinations.open(options()).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void admin(String sql) {
            try (Connection admin = database.admin()) {
                Sql.run(admin, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            PostgresDatabase.server().stop();
        }

        @Override
        public void restart() {
            PostgresDatabase.server().restart();
        }

        @Override
        public void close() {
            try {
                if (hanging != null) {
                    hanging.close();
                }
                database.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
