package dev.affidavit.forward;

import static dev.affidavit.forward.TestCourier.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.BatchLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is delivered at once. */
final class BatchingTest {
    private static final Duration DELAY = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private TestCourier soc;
    private FakeDestination destination;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
        destination = soc.destination;
    }

    @AfterEach
    void close() {
        soc.close();
    }

    @Test
    void shouldBoundABatchByLinesAndByBytes() {
        soc.restartWith(new BatchLimits(10, 100, Duration.ZERO));
        soc.append(0, 11);
        soc.run();
        assertThat(destination.sizes).containsExactly(10, 1);
        destination.sizes.clear();

        IntStream.range(0, 3).forEach(i -> soc.log.append("x".repeat(50)));
        soc.run();

        assertThat(destination.sizes).containsExactly(2, 1);
    }

    @Test
    void shouldDeliverALineLargerThanABatch() {
        String large = "y".repeat(3 * BatchLimits.DEFAULT.bytes());
        soc.log.append(large);
        soc.append(0, 2);

        soc.run();

        assertThat(destination.got).containsExactly(large, "line 0", "line 1");
    }

    @Test
    void shouldLetABatchThatIsNotFullWaitForFurtherLines() {
        soc.restartWith(new BatchLimits(5, 1000, DELAY));
        soc.append(0, 2);
        assertThat(soc.courier.step()).isEqualTo(Pace.IDLE);
        soc.append(2, 3);
        soc.machine.pass(DELAY.minusMillis(1));
        assertThat(soc.courier.step()).isEqualTo(Pace.IDLE);
        assertThat(destination.got).isEmpty();

        soc.machine.pass(Duration.ofMillis(1));
        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 3));
        assertThat(destination.sizes).containsExactly(3);
    }

    @Test
    void shouldNotLetAFullBatchWait() {
        soc.restartWith(new BatchLimits(5, 1000, DELAY));
        soc.append(0, 12);

        soc.run();

        assertThat(destination.sizes).containsExactly(5, 5);
        soc.append(12, 15);
        soc.run();
        assertThat(destination.sizes).containsExactly(5, 5, 5);
    }

    @Test
    void shouldLetNothingWaitOnceItIsInAHurry() {
        soc.restartWith(new BatchLimits(5, 1000, DELAY));
        soc.append(0, 2);
        soc.run();
        assertThat(destination.got).isEmpty();

        soc.courier.hurry();
        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 2));
    }

    @Test
    void shouldHalveABatchThatIsTooLargeUntilItFits() {
        destination.maxBytes = 7 * 16; // a line with its break is 7 bytes
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);

        soc.run();

        assertThat(destination.sizes).startsWith(50, 25, 12).endsWith(12, 2);
        assertThat(destination.got).hasSize(50);
        assertThat(soc.cursor().line()).isEqualTo(50);
        assertThat(soc.status.messages()).isEmpty();
        assertThat(soc.statistics().failures()).isZero();
        assertThat(destination.opened.get()).isEqualTo(1);
    }

    @Test
    void shouldRememberTheSizeThatFittedForAWhile() {
        destination.maxBytes = 7 * 16;
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);
        soc.run();
        destination.sizes.clear();
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);

        soc.run();
        assertThat(destination.sizes).containsExactly(15, 15);
        destination.sizes.clear();

        soc.machine.pass(BatchSize.KEPT);
        destination.maxBytes = Integer.MAX_VALUE;
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);
        soc.run();
        assertThat(destination.sizes).containsExactly(30);
    }

    @Test
    void shouldPutALineThatIsTooLargeByItselfToTheDeadLettersAndGoOn() {
        destination.maxBytes = 100;
        soc.append(0, 3);
        soc.log.append("x".repeat(200));
        soc.append(3, 6);

        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 6));
        assertThat(soc.cursor().line()).isEqualTo(7);
        assertThat(soc.statistics().delivered()).isEqualTo(6);
        assertThat(soc.statistics().refused()).isEqualTo(1);
        try (var letters = DeadLetters.of(directory).list("soc")) {
            assertThat(letters).extracting(DeadLetter::reason).containsExactly("201 bytes are too many");
        }
    }

    @Test
    void shouldFindTheOneLineThatIsRefusedAndGoOnAtFullSize() {
        soc.restartWith(new BatchLimits(500, 1_000_000, Duration.ZERO));
        destination.refusesBatchesWith = "line 300"::equals;
        soc.append(0, 1500);

        soc.run();

        assertThat(destination.got).hasSize(1499).doesNotContain("line 300").startsWith("line 0", "line 1");
        assertThat(destination.sizes).startsWith(500).endsWith(500, 500).hasSizeLessThan(30);
        assertThat(soc.cursor().line()).isEqualTo(1500);
        try (var letters = DeadLetters.of(directory).list("soc")) {
            assertThat(letters)
                    .extracting(letter -> new String(letter.line(), StandardCharsets.UTF_8))
                    .containsExactly("line 300");
        }
    }

    @Test
    void shouldNotSearchTheWholeRestForEachLineOfABatchThatIsAllRefused() {
        soc.restartWith(new BatchLimits(500, 1_000_000, Duration.ZERO));
        destination.refusesBatchesWith = line -> true;
        soc.append(0, 500);

        soc.run();

        assertThat(soc.statistics().refused()).isEqualTo(500);
        assertThat(destination.sizes).hasSizeLessThan(520);
    }

    @Test
    void shouldKeepASizeThatWasFoundWhenALineIsRefused() {
        destination.maxBytes = 7 * 16;
        soc.append(0, 10);
        soc.append(0, 10);
        soc.append(0, 10);
        soc.run();
        soc.append(0, 10);
        soc.append(0, 5);
        destination.refusesBatchesWith = "line 9"::equals;
        soc.run();
        destination.sizes.clear();
        soc.append(0, 9);
        soc.append(0, 9);
        soc.append(0, 9);
        soc.append(0, 3);

        soc.run();

        assertThat(soc.statistics().refused()).isEqualTo(1);
        assertThat(destination.sizes).containsExactly(15, 15);
    }

    @Test
    void shouldKnowTheLineToBlameThoughDeadLettersAreSentAgainMeanwhile() {
        soc.restartWith(new BatchLimits(500, 1_000_000, Duration.ZERO));
        destination.refuses = line -> true;
        soc.append(0, 500);
        soc.run();
        destination.refuses = line -> false;
        destination.refusesBatchesWith = "line 400"::equals;
        soc.append(300, 1300);
        soc.courier.step();
        DeadLetters.of(directory).sendAgain("soc");
        soc.machine.pass(Redelivery.LOOK);

        soc.run();

        assertThat(soc.statistics().refused()).isEqualTo(502); // once of the log, once of what is sent again
        assertThat(destination.sizes).endsWith(500);
        assertThat(soc.cursor().line()).isEqualTo(1500);
    }

    @Test
    void shouldHalveABatchOfEmptyLinesToo() {
        destination.maxBytes = 1;
        soc.log.append("");
        soc.log.append("");

        soc.run();

        assertThat(destination.sizes).containsExactly(2, 1, 1);
    }
}
