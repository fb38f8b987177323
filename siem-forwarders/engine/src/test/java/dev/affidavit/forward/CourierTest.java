package dev.affidavit.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CourierTest {
    private static final long SEED = 42;

    private final FakeDestination destination = new FakeDestination();
    private final RecordingStatus status = new RecordingStatus();

    @TempDir
    Path directory;

    private SampleLog log;
    private Courier courier;

    @BeforeEach
    void open() {
        log = SampleLog.in(directory);
        courier = newCourier();
    }

    @AfterEach
    void close() {
        courier.close();
        log.close();
    }

    private Courier newCourier() {
        ForwarderConfig config = ForwarderConfig.of("soc", destination);
        Path real = log.directory();
        return new Courier(
                config,
                new LogIdentity(log.id(), "payments", "host1"),
                new Outbox(real, "soc", status),
                new Health(config, status),
                new Backoff(new Random(SEED)));
    }

    private void restart() {
        courier.close();
        courier = newCourier();
    }

    /** Steps until there is nothing to do, or a step failed. */
    private void run() {
        Duration wait = Duration.ZERO;
        while (wait.isZero()) {
            wait = courier.step();
        }
    }

    private void append(int from, int to) {
        IntStream.range(from, to).forEach(i -> log.append("line " + i));
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private Position cursor() {
        return Cursors.of(directory).read("soc").orElseThrow();
    }

    @Test
    void shouldDeliverInOrderAndMoveTheCursorBehind() {
        append(0, 10);

        run();

        assertThat(destination.got).isEqualTo(lines(0, 10));
        assertThat(cursor().line()).isEqualTo(10);
        assertThat(courier.statistics().delivered()).isEqualTo(10);
        assertThat(courier.statistics().connected()).isTrue();
        assertThat(courier.statistics().lastError()).isNull();
        assertThat(status.messages()).isEmpty();
    }

    @Test
    void shouldNotConnectWhileThereIsNothingToDeliver() {
        assertThat(courier.step()).isEqualTo(Courier.IDLE);

        assertThat(destination.opened.get()).isZero();
        assertThat(Cursors.of(directory).read("soc")).isEmpty();
    }

    @Test
    void shouldGoOnBehindTheCursorAfterARestart() {
        append(0, 5);
        run();
        restart();
        append(5, 8);

        run();

        assertThat(destination.got).isEqualTo(lines(0, 8));
    }

    @Test
    void shouldKeepTheCursorWhereItIsWhileTheDestinationIsAway() {
        append(0, 3);
        run();
        append(3, 6);
        destination.onDeliver.add(FakeDestination.failing("reset"));

        assertThat(courier.step()).isPositive();

        assertThat(cursor().line()).isEqualTo(3);
        assertThat(destination.closed.get()).isEqualTo(1);
        assertThat(courier.statistics().connected()).isFalse();
        assertThat(courier.statistics().lastError()).isEqualTo("reset");
        assertThat(courier.statistics().delivered()).isEqualTo(3);
    }

    @Test
    void shouldSendTheSameBatchAgainAfterAFailure() {
        append(0, 3);
        destination.onDeliver.add(FakeDestination.failing("reset"));
        run();
        append(3, 5);

        run();

        assertThat(destination.got)
                .containsExactlyElementsOf(Stream.of(lines(0, 3), lines(0, 3), lines(3, 5))
                        .flatMap(List::stream)
                        .toList());
        assertThat(destination.opened.get()).isEqualTo(2);
        assertThat(cursor().line()).isEqualTo(5);
    }

    @Test
    void shouldReportTheFirstFailureAndTheRecoveryOnly() {
        append(0, 1);
        for (int i = 0; i < 50; i++) {
            destination.onOpen.add(FakeDestination.failing("connection refused"));
        }
        for (int i = 0; i < 50; i++) {
            courier.step();
        }
        assertThat(status.messages())
                .containsExactly(
                        "ERROR forwarder 'soc' cannot deliver to a fake: connection refused. It tries again until"
                                + " it can; the log keeps every event.");

        run();

        assertThat(status.messages())
                .hasSize(2)
                .last()
                .isEqualTo("INFO forwarder 'soc' delivers to a fake again, after 50 failed attempt(s)");
        assertThat(courier.statistics().lastError()).isEqualTo("connection refused");
    }

    @Test
    void shouldBackOffWithinALimitThatDoublesAndStartOverAfterASuccess() {
        append(0, 1);
        Duration limit = Backoff.FIRST_LIMIT;
        for (int i = 0; i < 20; i++) {
            destination.onOpen.add(FakeDestination.failing("away"));
            assertThat(courier.step()).isPositive().isLessThanOrEqualTo(limit);
            limit = limit.multipliedBy(2).compareTo(Backoff.LAST_LIMIT) < 0
                    ? limit.multipliedBy(2)
                    : Backoff.LAST_LIMIT;
        }
        assertThat(courier.step()).isZero();
        append(1, 2);
        destination.onDeliver.add(FakeDestination.failing("away"));

        assertThat(courier.step()).isPositive().isLessThanOrEqualTo(Backoff.FIRST_LIMIT);
    }

    @Test
    void shouldSurviveWhateverADestinationThrows() {
        append(0, 1);
        destination.onOpen.add(() -> {
            throw new IllegalStateException("a bug");
        });
        destination.onDeliver.add(() -> {
            throw new NoClassDefFoundErrorInDisguise();
        });
        destination.onClose = FakeDestination.failing("cannot close either");
        courier.step();
        courier.step();

        run();

        assertThat(destination.got).isEqualTo(List.of("line 0", "line 0"));
        assertThat(cursor().line()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAThrowingStatusListenerEndIt() {
        courier = new Courier(
                ForwarderConfig.of("soc", destination),
                new LogIdentity(log.id(), "", "h"),
                new Outbox(log.directory(), "soc", status),
                new Health(ForwarderConfig.of("soc", destination), new ThrowingStatus()),
                new Backoff(new Random(SEED)));
        append(0, 1);
        destination.onDeliver.add(FakeDestination.failing("reset"));
        courier.step();

        run();

        assertThat(destination.got).hasSize(2);
    }

    @Test
    void shouldBoundABatchByLinesAndByBytes() {
        append(0, Outbox.MAX_LINES + 1);
        courier.step();
        assertThat(destination.got).hasSize(Outbox.MAX_LINES);
        run();
        destination.got.clear();
        String large = "x".repeat(Outbox.MAX_BYTES / 2);
        IntStream.range(0, 3).forEach(i -> log.append(large));

        courier.step();

        assertThat(destination.got).hasSize(2);
    }

    @Test
    void shouldDeliverALineLargerThanABatch() {
        String large = "y".repeat(3 * Outbox.MAX_BYTES);
        log.append(large);
        append(0, 2);

        run();

        assertThat(destination.got).containsExactly(large, "line 0", "line 1");
    }

    @Test
    void shouldFollowTheLogThroughRotations() {
        log.close();
        log = SampleLog.with(LogOptions.in(directory).maxSegmentBytes(64).build());
        append(0, 100);

        run();
        append(100, 200);
        run();

        assertThat(destination.got).isEqualTo(lines(0, 200));
    }

    @Test
    void shouldStoreTheCursorAgainWithoutDeliveringAgain() throws IOException {
        append(0, 1);
        Path cursors = directory.resolve(".affidavit").resolve("cursors");
        Path moved = directory.resolve("moved");
        destination.onDeliver.add(() -> Files.move(cursors, moved));

        assertThat(courier.step()).isPositive();
        assertThat(status.messages()).singleElement().asString().contains("cursor not stored");
        assertThat(courier.step()).isPositive();
        Files.move(moved, cursors);
        run();

        assertThat(destination.got).isEqualTo(lines(0, 1));
        assertThat(cursor().line()).isEqualTo(1);
        assertThat(destination.opened.get()).isEqualTo(1);
        assertThat(status.messages()).hasSize(2);
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsDamaged() throws IOException {
        append(0, 3);
        run();
        Path file = directory.resolve(".affidavit").resolve("cursors").resolve("soc.cursor");
        Files.writeString(file, Files.readString(file).replace("line 3", "line 2"));
        destination.got.clear();
        restart();

        run();

        assertThat(destination.got).isEqualTo(lines(0, 3));
        assertThat(status.messages())
                .singleElement()
                .asString()
                .startsWith("WARN forwarder 'soc': ")
                .contains("soc.cursor", "check", "begins at the oldest event");
        assertThat(cursor().line()).isEqualTo(3);
    }

    @Test
    void shouldGoOnWithTheOldestThatIsLeftWhenTheCursorsSegmentIsGone() throws IOException {
        log.close();
        log = SampleLog.with(LogOptions.in(directory).maxSegmentBytes(64).build());
        append(0, 3);
        run();
        String gone = cursor().segment();
        append(3, 40);
        Files.delete(directory.resolve(gone));
        destination.got.clear();
        restart();

        run();

        assertThat(destination.got).last().isEqualTo("line 39");
        assertThat(lines(0, 40)).containsSubsequence(destination.got);
        assertThat(destination.got).hasSizeGreaterThan(30);
        assertThat(status.messages()).singleElement().asString().contains(gone, "is gone");
    }

    @Test
    void shouldBeginAtTheHeadOfASegmentThatIsNotTheOneItWas() throws IOException {
        append(0, 3);
        run();
        Path segment = directory.resolve(cursor().segment());
        Files.writeString(
                segment,
                lines(0, 3).stream().map(line -> line.replace('l', 'L')).collect(Collectors.joining("\n", "", "\n")));
        destination.got.clear();
        restart();

        run();

        assertThat(destination.got).containsExactly("Line 0", "Line 1", "Line 2");
        assertThat(status.messages()).singleElement().asString().contains("is not the file it was");
    }

    @Test
    void shouldReportALogThatCannotBeReadAndGoOnWhenItCan() throws IOException {
        append(0, 2);
        Path own = directory.resolve(".affidavit");
        Path moved = directory.resolve("moved");
        Files.move(own, moved);
        assertThat(courier.step()).isPositive();
        assertThat(courier.step()).isPositive();
        assertThat(status.messages()).hasSize(1);

        Files.move(moved, own);
        run();

        assertThat(destination.got).isEqualTo(lines(0, 2));
    }

    @Test
    void shouldNeitherDeliverNorReportOnceItIsCut() {
        append(0, 1);
        courier.cut();

        assertThat(courier.step()).isPositive();

        assertThat(destination.got).isEmpty();
        assertThat(status.messages()).isEmpty();
    }

    @Test
    void shouldNotMoveTheCursorOnceItIsAbandoned() {
        append(0, 1);
        destination.onDeliver.add(() -> {
            courier.cut();
            courier.abandon();
        });

        assertThat(courier.step()).isPositive();

        assertThat(destination.got).hasSize(1);
        assertThat(Cursors.of(directory).read("soc")).isEmpty();
    }

    /** What a destination with a missing class throws is no exception. */
    @SuppressWarnings("serial")
    private static final class NoClassDefFoundErrorInDisguise extends LinkageError {}
}
