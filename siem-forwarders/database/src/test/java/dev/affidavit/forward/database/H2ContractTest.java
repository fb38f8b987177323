package dev.affidavit.forward.database;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

final class H2ContractTest extends DestinationContract {
    private static final String PASSWORD = "pw-of-h2-4711";
    private static final String PROPERTY = "affidavit.test.h2";

    @TempDir
    Path directory;

    @Override
    protected DestinationUnderTest start() {
        System.setProperty(PROPERTY, PASSWORD);
        return new Embedded(directory.resolve("audit"));
    }

    /** A file of H2 in this JVM; while it is away, another holds the file. */
    private static final class Embedded implements DestinationUnderTest {
        private final Path path;
        private @Nullable FileChannel taken;

        Embedded(Path path) {
            this.path = path;
        }

        private String url() {
            return "jdbc:h2:file:" + path;
        }

        private Path file() {
            return Path.of(path + ".mv.db");
        }

        private Connection connect() throws SQLException {
            return Sql.connect(url() + ";IFEXISTS=TRUE", "audit", PASSWORD);
        }

        @Override
        public DestinationProvider provider() {
            return new DatabaseProvider();
        }

        @Override
        public Map<String, String> options() {
            return Map.of("url", url(), "password", "sys:" + PROPERTY);
        }

        @Override
        public boolean acknowledges() {
            return true;
        }

        @Override
        public List<byte[]> received() {
            try (Connection connection = connect()) {
                return Sql.lines(connection);
            } catch (SQLException e) {
                return List.of(); // not made yet, or being made
            }
        }

        @Override
        public int connections() {
            return Files.exists(file()) ? 1 : 0;
        }

        @Override
        public void refuse() {
            trigger(Refusing.class);
        }

        @Override
        public void hang() {
            Hanging.end = new CountDownLatch(1);
            trigger(Hanging.class);
        }

        private void trigger(Class<? extends Trigger> type) {
            try {
                Destinations.open(options()).close();
                try (Connection connection = connect()) {
                    Sql.run(
                            connection,
                            "CREATE TRIGGER t BEFORE INSERT ON entropy_audit_log FOR EACH ROW CALL '%s'"
                                    .formatted(type.getName()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            try {
                if (Files.exists(file())) {
                    try (Connection connection = connect()) {
                        Sql.run(connection, "SHUTDOWN IMMEDIATELY");
                    }
                }
                FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel.lock();
                taken = channel;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void restart() {
            try {
                if (taken != null) {
                    taken.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            restart();
            Hanging.end.countDown();
        }
    }

    /** Refuses every row, and says more than it should. */
    public static final class Refusing implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            throw new SQLException("refused; your password is " + PASSWORD, "P0001");
        }
    }

    /** Never comes back while the test runs. */
    public static final class Hanging implements Trigger {
        private static volatile CountDownLatch end = new CountDownLatch(1);

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
