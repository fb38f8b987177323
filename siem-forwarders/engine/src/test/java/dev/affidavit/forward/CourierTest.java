package dev.affidavit.forward;

import static dev.affidavit.forward.TestCourier.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.store.Cursors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered when, and where the cursor is then. */
final class CourierTest {
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
    void shouldDeliverInOrderAndMoveTheCursorBehind() {
        soc.append(0, 10);

        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 10));
        assertThat(soc.cursor().line()).isEqualTo(10);
        assertThat(soc.statistics().delivered()).isEqualTo(10);
        assertThat(soc.statistics().connected()).isTrue();
        assertThat(soc.statistics().lastError()).isNull();
        assertThat(soc.status.messages()).isEmpty();
    }

    @Test
    void shouldNotConnectWhileThereIsNothingToDeliver() {
        assertThat(soc.courier.step()).isEqualTo(Pace.IDLE);

        assertThat(destination.opened.get()).isZero();
        assertThat(soc.cursor().line()).isZero();
    }

    @Test
    void shouldGoOnBehindTheCursorAfterARestart() {
        soc.append(0, 5);
        soc.run();
        soc.restart();
        soc.append(5, 8);

        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 8));
    }

    @Test
    void shouldKeepTheCursorWhereItIsWhileTheDestinationIsAway() {
        soc.append(0, 3);
        soc.run();
        soc.append(3, 6);
        destination.onDeliver.add(FakeDestination.failing("reset"));

        assertThat(soc.courier.step()).isPositive();

        assertThat(soc.cursor().line()).isEqualTo(3);
        assertThat(destination.closed.get()).isEqualTo(1);
        assertThat(soc.statistics().connected()).isFalse();
        assertThat(soc.statistics().lastError()).isEqualTo("reset");
        assertThat(soc.statistics().delivered()).isEqualTo(3);
        assertThat(soc.statistics().failures()).isEqualTo(1);
    }

    @Test
    void shouldSendTheSameBatchAgainAfterAFailure() {
        soc.append(0, 3);
        destination.onDeliver.add(FakeDestination.failing("reset"));
        soc.run();
        soc.append(3, 5);

        soc.run();

        assertThat(destination.got)
                .containsExactlyElementsOf(Stream.of(lines(0, 3), lines(0, 3), lines(3, 5))
                        .flatMap(List::stream)
                        .toList());
        assertThat(destination.opened.get()).isEqualTo(2);
        assertThat(soc.cursor().line()).isEqualTo(5);
    }

    @Test
    void shouldMoveTheCursorBehindWhatIsSettledAndGoOnFromThere() {
        soc.append(0, 10);
        destination.settles = 4;

        assertThat(soc.courier.step()).isZero();
        assertThat(soc.cursor().line()).isEqualTo(4);
        assertThat(soc.statistics().delivered()).isEqualTo(4);
        soc.restart();
        soc.run();

        assertThat(soc.cursor().line()).isEqualTo(10);
        assertThat(destination.sizes).containsExactly(10, 6, 2);
        assertThat(soc.status.messages()).isEmpty();
    }

    @Test
    void shouldKnowThePlaceBehindAnyLineOfABatchAcrossSegments() {
        soc.rotateEarly();
        soc.append(0, 50);
        destination.settles = 1;
        for (int i = 0; i < 50; i++) {
            assertThat(soc.courier.step()).isZero();
            soc.restart();
        }

        assertThat(soc.run()).isEqualTo(Pace.IDLE);
        assertThat(soc.status.messages()).isEmpty();
        assertThat(destination.sizes).hasSize(50).first().isEqualTo(50);
        assertThat(soc.statistics().lagBytes()).isZero();
    }

    @Test
    void shouldTakeAnAnswerThatSettlesNothingForAFailure() {
        soc.append(0, 3);
        destination.settles = 0;

        assertThat(soc.courier.step()).isPositive();

        assertThat(soc.statistics().lastError()).isEqualTo("the destination answered for 0 of 3 lines");
        assertThat(soc.cursor().line()).isZero();
        destination.settles = 3;
        soc.run();
        assertThat(soc.cursor().line()).isEqualTo(3);
    }

    @Test
    void shouldBackOffWithinALimitThatDoublesAndStartOverAfterASuccess() {
        soc.append(0, 1);
        Duration limit = Backoff.FIRST_LIMIT;
        for (int i = 0; i < 20; i++) {
            destination.onOpen.add(FakeDestination.failing("away"));
            assertThat(soc.courier.step()).isPositive().isLessThanOrEqualTo(limit);
            limit = limit.multipliedBy(2).compareTo(Backoff.LAST_LIMIT) < 0
                    ? limit.multipliedBy(2)
                    : Backoff.LAST_LIMIT;
        }
        assertThat(soc.courier.step()).isZero();
        soc.append(1, 2);
        destination.onDeliver.add(FakeDestination.failing("away"));

        assertThat(soc.courier.step()).isPositive().isLessThanOrEqualTo(Backoff.FIRST_LIMIT);
    }

    @Test
    void shouldSurviveWhateverADestinationThrows() {
        soc.append(0, 1);
        destination.onOpen.add(() -> {
            throw new IllegalStateException("a bug");
        });
        destination.onDeliver.add(() -> {
            throw new NoClassDefFoundErrorInDisguise();
        });
        destination.onDeliver.add(FakeDestination.failing(new UnreadableException()));
        destination.onClose = () -> {
            throw new NoClassDefFoundErrorInDisguise();
        };
        soc.courier.step();
        soc.courier.step();
        soc.courier.step();
        assertThat(soc.statistics().lastError()).isEqualTo(UnreadableException.class.getName());

        soc.run();

        assertThat(destination.got).isEqualTo(List.of("line 0", "line 0", "line 0"));
        assertThat(soc.cursor().line()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull", "NullAway"}) // as nobody should, and some do
    void shouldSurviveAnExceptionWhoseTextIsABug() {
        soc.append(0, 1);
        destination.onDeliver.add(FakeDestination.failing(new IOException() {
            @Override
            public String getMessage() {
                throw new StackOverflowError("deep");
            }
        }));
        destination.onDeliver.add(FakeDestination.failing(new IOException() {
            @Override
            public String toString() {
                return null;
            }
        }));

        assertThat(soc.courier.step()).isPositive();
        assertThat(soc.statistics().lastError()).startsWith(CourierTest.class.getName());
        assertThat(soc.courier.step()).isPositive();
        assertThat(soc.statistics().lastError()).isEqualTo("null");

        soc.run();
        assertThat(soc.cursor().line()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAThrowingStatusListenerEndIt() {
        soc.restart(new ThrowingStatus());
        soc.append(0, 1);
        destination.onDeliver.add(FakeDestination.failing("reset"));
        destination.refuses = line -> true;
        soc.courier.step();

        soc.run();

        assertThat(destination.got).hasSize(2);
        assertThat(soc.cursor().line()).isEqualTo(1);
    }

    @Test
    void shouldFollowTheLogThroughRotations() {
        soc.rotateEarly();
        soc.append(0, 100);

        soc.run();
        soc.append(100, 200);
        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 200));
    }

    @Test
    void shouldStoreTheCursorAgainWithoutDeliveringAgain() throws IOException {
        soc.append(0, 1);
        Path cursors = soc.cursorFile().getParent();
        Path moved = directory.resolve("moved");
        destination.onDeliver.add(() -> Files.move(cursors, moved));

        assertThat(soc.courier.step()).isPositive();
        assertThat(soc.status.messages()).singleElement().asString().contains("cursor not stored");
        assertThat(soc.courier.step()).isPositive();
        Files.move(moved, cursors);
        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 1));
        assertThat(soc.cursor().line()).isEqualTo(1);
        assertThat(destination.opened.get()).isEqualTo(1);
        assertThat(soc.status.messages()).hasSize(2);
    }

    @Test
    void shouldReportALogThatCannotBeReadAndGoOnWhenItCan() throws IOException {
        soc.append(0, 2);
        Path own = directory.resolve(".affidavit");
        Path moved = directory.resolve("moved");
        Files.move(own, moved);
        assertThat(soc.courier.step()).isPositive();
        assertThat(soc.courier.step()).isPositive();
        assertThat(soc.status.messages()).hasSize(1);
        assertThat(soc.statistics().lagBytes()).isEqualTo(-1);

        Files.move(moved, own);
        soc.run();

        assertThat(destination.got).isEqualTo(lines(0, 2));
    }

    @Test
    void shouldNeitherDeliverNorReportOnceItIsToEnd() {
        soc.append(0, 1);
        soc.courier.beginNoMore();

        assertThat(soc.courier.step()).isPositive();

        assertThat(destination.got).isEmpty();
        assertThat(soc.status.messages()).isEmpty();
    }

    @Test
    void shouldNoteAnAnswerThatComesOnceItIsToEndThoughTheThreadIsInterrupted() {
        soc.rotateEarly();
        soc.append(0, 30);
        destination.refuses = "line 7"::equals;
        destination.onDeliver.add(() -> {
            soc.courier.beginNoMore();
            Thread.currentThread().interrupt();
        });

        assertThat(soc.courier.step()).isZero();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(soc.statistics().lagBytes()).isZero();
        assertThat(DeadLetters.of(directory).count("soc")).isEqualTo(1);
        assertThat(soc.courier.step()).isEqualTo(Pace.IDLE);
    }

    @Test
    void shouldNotMoveTheCursorOnceItIsAbandoned() {
        soc.append(0, 1);
        destination.onDeliver.add(() -> {
            soc.courier.beginNoMore();
            soc.courier.abandon();
        });

        assertThat(soc.courier.step()).isPositive();

        assertThat(destination.got).hasSize(1);
        assertThat(soc.cursor().line()).isZero();
        Cursors.of(directory).claim("soc").orElseThrow().close();
    }

    /** What a destination with a missing class throws is no exception. */
    @SuppressWarnings("serial")
    private static final class NoClassDefFoundErrorInDisguise extends LinkageError {}

    /** A destination's own, with a bug of its own. */
    @SuppressWarnings("serial")
    private static final class UnreadableException extends IOException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
