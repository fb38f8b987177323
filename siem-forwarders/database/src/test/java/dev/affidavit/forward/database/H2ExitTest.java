package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Destination;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered while a JVM ends is stored: a logging framework forwards its last events then. */
final class H2ExitTest {
    private static final int LINES = 500;

    @TempDir
    Path directory;

    @Test
    void shouldStoreWhatComesWhileTheJvmEnds() throws Exception {
        H2Database database = H2Database.in(directory);
        Path errors = directory.resolve("errors");
        ChildJvm.Builder ending = ChildJvm.of(Ending.class).argument(directory);

        try (ChildJvm child = ending.start(directory.resolve("output"), errors)) {
            child.awaitExit(Duration.ofMinutes(10));
        }

        assertThat(errors).isEmptyFile();
        try (Connection admin = database.admin()) {
            assertThat(Sql.count(admin)).isEqualTo(LINES);
        }
    }

    /** Delivers when it ends. Argument: the directory. */
    public static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) throws IOException {
            Destination destination =
                    Destinations.open(H2Database.in(Path.of(arguments[0])).options());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deliver(destination)));
        }

        private static void deliver(Destination destination) {
            try (destination) {
                for (int i = 0; i < LINES; i++) {
                    destination.deliver(SampleLines.events(i, i + 1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
