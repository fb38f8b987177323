package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.store.DirectoryInUseException;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that is deployed again in a running server, before its predecessor has let go of the log. */
@Timeout(300)
final class RedeploymentTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int NO_RECEIVER = 1;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldHandOverTheLogAndLeaveNothingBehind(Framework framework) throws IOException {
        Path log = directory.resolve("log");
        Path answers = Files.createFile(directory.resolve("answers"));
        try (ChildJvm server = framework
                .application(DeployingServer.class, directory, log, "1MB", Map.of("lockTimeout", "200ms"), NO_RECEIVER)
                .option("-Xmx64m")
                .start(answers, directory.resolve("errors"))) {
            Orders orders = new Orders(server, answers);
            assertThat(orders.give("deploy one")).isEqualTo("deployed");
            assertThat(orders.give("one first")).isEqualTo(Deployment.RECORDED);

            assertThat(orders.give("deploy two")).isEqualTo("deployed");
            assertThat(orders.give("two early")).contains("another application in this process");
            // The attempt did not take the lock away from the process.
            assertThatThrownBy(() -> LogWriter.openNow(LogOptions.in(log).build(), LogListener.NONE))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining("another process");
            assertThat(orders.give("one second")).isEqualTo(Deployment.RECORDED);

            assertThat(orders.give("one " + Deployment.STOP)).isEqualTo(Deployment.STOP);
            Deadline.await(
                    "the log is taken over",
                    LIMIT,
                    () -> orders.give("two third").equals(Deployment.RECORDED));
            assertThat(orders.give("two " + Deployment.STOP)).isEqualTo(Deployment.STOP);
            // Only now: before 21 the JDK keeps the classes of the last to compare records, see
            // MethodHandle.asTypeCache.
            if (framework == Framework.LOGBACK) { // Log4j keeps a message for each thread, and so its classes
                assertThat(orders.give("remove one")).isEqualTo("unloaded");
            }
        }
        assertThat(Pattern.compile("\"session_id\":\"(\\w+)\"")
                        .matcher(LogFiles.content(log))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("first", "second", "third");
    }

    /** Gives the server one order at a time. */
    private static final class Orders {
        private final ChildJvm server;
        private final Path answers;
        private int given;

        Orders(ChildJvm server, Path answers) {
            this.server = server;
            this.answers = answers;
        }

        String give(String order) {
            server.say(order);
            given++;
            Deadline.await("an answer to: " + order, LIMIT, () -> lines().size() >= given);
            return lines().get(given - 1);
        }

        private List<String> lines() {
            try {
                String text = Files.readString(answers);
                return text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .filter(line -> line.startsWith(DeployingServer.ANSWER))
                        .map(line -> line.substring(DeployingServer.ANSWER.length()))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
