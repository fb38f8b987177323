package dev.affidavit.testkit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.testkit.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine relies on, of whatever protocol. */
@Timeout(300)
public abstract class DestinationContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private @Nullable DestinationUnderTest started;

    /** Starts a receiver that answers and has received nothing. */
    protected abstract DestinationUnderTest start() throws Exception;

    @BeforeEach
    void startReceiver() throws Exception {
        started = start();
    }

    @AfterEach
    void closeReceiver() {
        if (started != null) {
            started.close();
        }
    }

    private DestinationUnderTest test() {
        return Objects.requireNonNull(started);
    }

    // Configuration.

    private ProviderRules<DestinationProvider, DestinationFactory> rules() {
        DestinationProvider provider = test().provider();
        return new ProviderRules<>(
                DestinationProvider.class, provider, DestinationProvider::name, provider::configure, test().options());
    }

    @Test
    void shouldBeFoundUnderItsName() {
        rules().requireToBeFound();
    }

    @Test
    void shouldTakeItsOptions() {
        rules().requireToTakeGoodOptions();
    }

    @Test
    void shouldMakeEqualFactoriesOfEqualOptions() {
        rules().requireEqualFactories();
    }

    @Test
    void shouldShowNoSecretInItsText() {
        rules().requireToShowNo(secrets());
    }

    @Test
    void shouldReportProblemsByTheirPath() {
        rules().requireProblemsByPath();
        rules().requireToAskForOptions();
    }

    @Test
    void shouldBearOddValues() {
        rules().requireToBearOddValues();
    }

    @Test
    void shouldConnectToNothingBeforeItIsOpened() {
        DestinationFactory factory = factory();
        factory.batchLimits();
        assertThat(test().connections()).isZero();

        test().stop();
        rules().requireToTakeGoodOptions();
    }

    @Test
    void shouldConnectToTheReceiver() throws IOException { // or the number of connections says nothing
        try (Destination destination = open()) {
            deliver(destination, SampleLines.events(0, 1));
        }

        received(1);
        assertThat(test().connections()).isPositive();
    }

    @Test
    void shouldHaveLimitsForABatch() {
        BatchLimits limits = factory().batchLimits();

        assertThat(limits.lines()).isPositive();
        assertThat(limits.bytes()).isPositive();
    }

    // Delivery.

    @Test
    void shouldDeliverEveryLineInOrder() throws IOException {
        List<ForwardedLine> lines = SampleLines.events(0, 1000);
        try (Destination destination = open()) {
            deliver(destination, lines.subList(0, 1));
            deliver(destination, lines.subList(1, 400));
            deliver(destination, lines.subList(400, 1000));
        }

        assertThat(received(1000)).isEqualTo(SampleLines.textsOf(lines));
    }

    @Test
    void shouldReturnOnlyWhenTheReceiverHasTheLines() throws IOException {
        List<ForwardedLine> lines = SampleLines.events(0, 10);
        try (Destination destination = open()) {
            deliver(destination, lines);

            if (test().acknowledges()) {
                assertThat(SampleLines.texts(test().received())).isEqualTo(SampleLines.textsOf(lines));
            }
        }
        assertThat(received(10)).isEqualTo(SampleLines.textsOf(lines));
    }

    @Test
    void shouldDeliverTheVeryBytes() throws IOException {
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.hostile());
        lines.addAll(SampleLines.others());
        List<String> before = SampleLines.textsOf(lines);
        List<String> taken = new ArrayList<>();
        try (Destination destination = open()) {
            for (ForwardedLine line : lines) {
                if (!isRefused(destination, line)) {
                    taken.addAll(SampleLines.textsOf(List.of(line)));
                }
            }
        }

        assertThat(received(taken.size())).isEqualTo(taken);
        assertThat(taken)
                .as("events, be they hostile")
                .containsAll(before.subList(0, SampleLines.hostile().size()));
        assertThat(SampleLines.textsOf(lines)).as("the lines are not changed").isEqualTo(before);
    }

    @Test
    void shouldDeliverTheLargestLineOrRefuseIt() throws IOException {
        ForwardedLine largest = SampleLines.largest();
        List<ForwardedLine> next = SampleLines.events(0, 1);
        boolean refused;
        try (Destination destination = open()) {
            refused = isRefused(destination, largest);
            deliver(destination, next);
        }

        List<ForwardedLine> expected = new ArrayList<>(refused ? List.of() : List.of(largest));
        expected.addAll(next);
        assertThat(received(expected.size())).isEqualTo(SampleLines.textsOf(expected));
    }

    @Test
    void shouldTakeTheSameBatchAgain() throws IOException {
        List<ForwardedLine> lines = SampleLines.events(0, 5);
        List<ForwardedLine> next = SampleLines.events(5, 6);
        try (Destination destination = open()) {
            deliver(destination, lines);
        }
        assertThat(received(5)).containsExactly(texts(0, 5)); // two connections have no order but ours
        try (Destination destination = open()) {
            deliver(destination, lines);
            deliver(destination, next);
        }

        List<String> last = SampleLines.textsOf(next);
        Deadline.await(
                "the last line arrives",
                LIMIT,
                () -> SampleLines.texts(test().received()).containsAll(last));
        assertThat(received(6)).startsWith(texts(0, 5)).endsWith(texts(5, 6));
    }

    @Test
    void shouldServeOneConnectionAfterAnother() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Destination destination = open()) {
                deliver(destination, SampleLines.events(i, i + 1));
            }
        }

        assertThat(received(50)).hasSize(50);
    }

    // Failure.

    @Test
    void shouldFailWithAnIoExceptionWhileTheReceiverIsAway() throws IOException {
        test().stop();

        IOException failure = failure(factory());

        requireNoSecret(failure);
        test().restart();
        try (Destination destination = open()) {
            deliver(destination, SampleLines.events(0, 3));
        }
        assertThat(received(3)).isEqualTo(SampleLines.textsOf(SampleLines.events(0, 3)));
    }

    @Test
    void shouldDeliverAgainOnceItIsOpenedAgain() throws IOException {
        DestinationFactory factory = factory();
        Destination broken = factory.open(SampleLines.LOG);
        deliver(broken, SampleLines.events(0, 3));
        received(3);
        test().stop();

        // A write can succeed once, where nobody acknowledges, before the end of the connection shows.
        IOException failure = failure(() -> {
            for (int i = 0; i < 100; i++) {
                deliver(broken, SampleLines.events(3, 6));
            }
        });
        broken.close();
        test().restart();
        try (Destination next = factory.open(SampleLines.LOG)) {
            deliver(next, SampleLines.events(3, 6));
        }

        requireNoSecret(failure);
        assertThat(received(6)).startsWith(texts(0, 3)).endsWith(texts(3, 6));
    }

    @Test
    void shouldShowNoSecretThatTheReceiverRepeats() throws IOException {
        assumeTrue(test().acknowledges(), "a receiver that answers nothing repeats nothing");
        test().refuse();

        try (Destination destination = open()) {
            Delivery delivery = destination.deliver(SampleLines.events(0, 1));
            assertThat(delivery.refusals()).as("the receiver refuses").hasSize(1);
            requireNoSecret(delivery.refusals().get(0).reason());
        } catch (IOException e) {
            requireNoSecret(e);
        }
    }

    @Test
    void shouldLetAnotherThreadCutACallThatBlocks() throws Exception {
        test().hang();
        Destination destination = open();
        AtomicInteger returned = new AtomicInteger();
        FutureTask<Void> caller = new FutureTask<>(() -> {
            while (true) { // where nobody acknowledges, calls return until the kernel takes no more
                deliver(destination, List.of(SampleLines.largest()));
                returned.incrementAndGet();
            }
        });
        Thread thread = new Thread(caller, "destination-contract");
        thread.setDaemon(true);
        thread.start();
        awaitStandstill(returned);

        destination.close();

        assertThatThrownBy(() -> caller.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("of the call that blocked")
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    private static void awaitStandstill(AtomicInteger counter) {
        AtomicInteger last = new AtomicInteger(-1);
        AtomicInteger looks = new AtomicInteger();
        Deadline.await("a call blocks", LIMIT, () -> {
            int now = counter.get();
            return last.getAndSet(now) == now ? looks.incrementAndGet() > 100 : looks.getAndSet(0) < 0;
        });
    }

    @Test
    void shouldDeliverNothingOnceItIsClosed() throws IOException {
        Destination destination = open();
        deliver(destination, SampleLines.events(0, 1));
        received(1);
        destination.close();
        destination.close();

        assertThatThrownBy(() -> deliver(destination, SampleLines.events(1, 2))).isInstanceOf(IOException.class);
        assertThat(received(1)).containsExactly(texts(0, 1));
    }

    // How.

    private DestinationFactory factory() {
        return Configured.by(test().provider()::configure, test().options()).factory();
    }

    private Destination open() throws IOException {
        return factory().open(SampleLines.LOG);
    }

    /** Delivers all, as the engine does: what is not settled comes again. */
    private static void deliver(Destination destination, List<ForwardedLine> lines) throws IOException {
        for (List<ForwardedLine> left = lines; !left.isEmpty(); ) {
            Delivery delivery = destination.deliver(Collections.unmodifiableList(left));
            assertThat(delivery.refusals()).isEmpty();
            assertThat(delivery.settled()).isBetween(1, left.size());
            left = left.subList(delivery.settled(), left.size());
        }
    }

    private static boolean isRefused(Destination destination, ForwardedLine line) throws IOException {
        try {
            Delivery delivery = destination.deliver(List.of(line));
            assertThat(delivery.settled()).isOne();
            assertThat(delivery.refusals())
                    .allSatisfy(refusal -> assertThat(refusal.reason()).isNotBlank());
            return !delivery.refusals().isEmpty();
        } catch (BatchTooLargeException e) {
            return true;
        }
    }

    private List<String> received(int count) {
        Deadline.await(count + " lines arrive", LIMIT, () -> test().received().size() >= count);
        return SampleLines.texts(test().received());
    }

    private static String[] texts(int from, int to) {
        return SampleLines.textsOf(SampleLines.events(from, to)).toArray(String[]::new);
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(Configured.secretsOf(test().options()));
        secrets.addAll(test().secrets());
        return secrets;
    }

    private void requireNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            requireNoSecret(String.valueOf(cause));
        }
    }

    private void requireNoSecret(String text) {
        for (String secret : secrets()) {
            assertThat(text).doesNotContain(secret);
        }
    }

    private static IOException failure(DestinationFactory factory) {
        return failure(() -> {
            try (Destination destination = factory.open(SampleLines.LOG)) {
                deliver(destination, SampleLines.events(0, 3));
            }
        });
    }

    private static IOException failure(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            return e;
        }
        throw new AssertionError("expected an IOException: the receiver is away");
    }

    /** What may fail. */
    private interface Attempt {
        void run() throws IOException;
    }
}
