package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.ForwardingProgram;
import dev.affidavit.testkit.delivery.MixedEvents;
import dev.affidavit.testkit.delivery.RunningForwarder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine, from a log to an embedded database. There is no receiver that could be away, hang or be slow: it ends with the sender. After
 * each end the table holds the first lines of the log, in their order, each once and byte for byte.
 */
@Timeout(600)
final class H2FaultTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int EVENTS = 2000;
    private static final int EVENTS_A_LIFE = 5000;
    /** About what they add to the file: a sender is killed after any part of it, or when it has had time for all. */
    private static final long GROWTH_OF_A_LIFE = 6L * 1024 * 1024;

    private static final long LONGEST_LIFE_NANOS = Duration.ofSeconds(5).toNanos();

    @TempDir
    Path directory;

    private H2Database database;
    private SampleLog log;
    private int appended;

    @BeforeEach
    void open() {
        database = H2Database.in(directory);
        log = SampleLog.in(directory.resolve("log"));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void append(int events) {
        for (int last = appended + events; appended < last; appended++) {
            log.append(MixedEvents.event(appended));
        }
    }

    /** Returns how many lines are stored. */
    private int requireTheFirstLines() throws SQLException {
        List<byte[]> stored;
        try (Connection connection = database.admin()) {
            stored = Sql.lines(connection);
        } catch (SQLException e) {
            if (!Sql.isMissing(e)) {
                throw e;
            }
            stored = List.of();
        }
        assertThat(stored).hasSizeLessThanOrEqualTo(appended);
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i))
                    .as("row %d", i)
                    .isEqualTo(MixedEvents.event(i).getBytes(StandardCharsets.UTF_8));
        }
        return stored.size();
    }

    private void forward(Path from, String logId) {
        try (RunningForwarder forwarder = RunningForwarder.start(
                from, logId, new DatabaseProvider(), database.options(), new RecordingStatus())) {
            long left = forwarder.statistics().lagBytes();
            while (left != 0) {
                long before = left;
                Deadline.await(
                        "fewer than %d bytes to deliver".formatted(before),
                        SOON,
                        () -> forwarder.statistics().lagBytes() != before);
                left = forwarder.statistics().lagBytes();
            }
            assertThat(forwarder.statistics().failures()).isZero();
            assertThat(forwarder.statistics().refused()).isZero();
        }
    }

    /** Without its cursor a forwarder begins with the first line. */
    private void forgetWhatWasDelivered() throws IOException {
        List<Path> cursors;
        try (Stream<Path> files = Files.walk(log.directory())) {
            cursors = files.filter(file -> file.toString().endsWith(".cursor")).toList();
        }
        assertThat(cursors).hasSize(1);
        Files.delete(cursors.get(0));
    }

    private void deliverTwice(int events) throws Exception {
        append(events);
        for (int round = 0; round < 2; round++) {
            long from = System.nanoTime();
            forward(log.directory(), log.id());
            System.out.printf(
                    "H2, round %d: %d lines in %d ms%n", round, events, (System.nanoTime() - from) / 1_000_000);
            assertThat(requireTheFirstLines()).isEqualTo(events);
            forgetWhatWasDelivered();
        }
    }

    @Test
    void shouldStoreNothingTwiceThatIsSentFromTheStartAgain() throws Exception {
        deliverTwice(EVENTS);
    }

    @Tag("campaign")
    @Timeout(1800)
    @Test
    void shouldStoreNoneOfManyEventsTwice() throws Exception {
        deliverTwice(Integer.getInteger("affidavit.events", 100_000));
    }

    @Test
    void shouldLoseNothingWhenTheSenderIsKilled() throws Exception {
        killSender(2);
    }

    @Tag("campaign")
    @Timeout(3600)
    @Test
    void shouldLoseNothingWhenTheSenderIsKilledManyTimes() throws Exception {
        killSender(Integer.getInteger("affidavit.kills", 30));
    }

    private void killSender(int times) throws Exception {
        Random random = new Random(Long.getLong("affidavit.seed", 1));
        int amidst = 0;
        for (int i = 0; i < times; i++) {
            append(EVENTS_A_LIFE);
            int before = requireTheFirstLines();
            try (ChildJvm sender = startSender()) {
                long size = size();
                Deadline.await("life %d opens the file".formatted(i), SOON, () -> size() != size || !sender.isAlive());
                long enough = size + random.nextLong(GROWTH_OF_A_LIFE);
                long end = System.nanoTime() + LONGEST_LIFE_NANOS;
                Deadline.await(
                        "life %d has stored a part, or had its time".formatted(i),
                        SOON,
                        () -> size() >= enough || System.nanoTime() - end >= 0);
                assertThat(sender.isAlive())
                        .as("the sender lives: " + Files.readString(errors()))
                        .isTrue();
                sender.kill();
            }
            int after = requireTheFirstLines();
            assertThat(after).as("what was there").isGreaterThanOrEqualTo(before);
            amidst += after > before && after < appended ? 1 : 0;
        }
        forward(log.directory(), log.id());
        assertThat(requireTheFirstLines()).isEqualTo(appended);
        System.out.printf("H2: %d kills, %d of them amidst a log, %d lines%n", times, amidst, appended);
    }

    private long size() {
        return Path.of(database.path() + ".mv.db").toFile().length(); // 0 if there is none
    }

    private ChildJvm startSender() {
        ChildJvm.Builder sender = ChildJvm.of(ForwardingProgram.class)
                .argument(log.directory())
                .argument(log.id())
                .argument(new DatabaseProvider().name());
        database.systemProperties().forEach((name, value) -> sender.option("-D%s=%s".formatted(name, value)));
        database.options().forEach((name, value) -> sender.argument(name + "=" + value));
        return sender.start(directory.resolve("output"), errors());
    }

    private Path errors() {
        return directory.resolve("errors");
    }
}
