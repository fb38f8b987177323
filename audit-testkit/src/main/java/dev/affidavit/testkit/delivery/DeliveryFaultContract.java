package dev.affidavit.testkit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens between a log and a receiver, in the end the receiver has every line, in the order of the log, as it stood
 * there, once those are removed that came again.
 */
@Timeout(600)
public abstract class DeliveryFaultContract {
    private static final Duration SOON = Duration.ofMinutes(2);
    /** Where a test waits for a time-out to pass: more than a busy machine is late, as a rule. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(5);

    private static final int EVENTS = 2000;
    /** Killed while it starts, while it delivers, and while it has nothing to do. */
    private static final long LONGEST_LIFE_NANOS = Duration.ofMillis(800).toNanos();

    private static final int EVENTS_A_LIFE = 300;

    @TempDir
    Path directory;

    private @Nullable ReceiverUnderTest started;
    private @Nullable FaultyProxy proxy;
    private @Nullable SampleLog log;
    private int appended;

    /**
     * Starts a receiver that has received nothing.
     *
     * @param directory an existing one, for this receiver alone
     */
    protected abstract ReceiverUnderTest startReceiver(Path directory) throws Exception;

    /** How often a campaign kills the sender, if {@code affidavit.kills} does not say. */
    protected int kills() {
        return 30;
    }

    /** How many events a campaign sends, if {@code affidavit.events} does not say. */
    protected int events() {
        return 100_000;
    }

    @BeforeEach
    void open() throws Exception {
        started = startReceiver(Files.createDirectory(directory.resolve("receiver")));
        proxy = FaultyProxy.before(started.port());
        log = SampleLog.in(directory.resolve("log"));
    }

    @AfterEach
    void close() {
        if (log != null) {
            log.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (started != null) {
            started.close();
        }
    }

    private ReceiverUnderTest receiver() {
        return Objects.requireNonNull(started);
    }

    private FaultyProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    private SampleLog log() {
        return Objects.requireNonNull(log);
    }

    private RunningForwarder forward(int port) {
        return forward(port, IMPATIENCE);
    }

    private RunningForwarder forward(int port, Duration timeout) {
        return RunningForwarder.start(
                log().directory(),
                log().id(),
                receiver().provider(),
                receiver().options(port, timeout),
                new RecordingStatus());
    }

    private void append(int events) {
        for (int last = appended + events; appended < last; appended++) {
            log().append(MixedEvents.event(appended));
        }
    }

    private static void awaitFailure(RunningForwarder forwarder, long before) {
        Deadline.await(
                "a failure after " + before, SOON, () -> forwarder.statistics().failures() > before);
    }

    /** However long it takes, as long as there is more from time to time. Where a receiver keeps repeats, more may be on its way. */
    private void requireAll() {
        for (int count = receiver().count();
                count < appended;
                count = receiver().count()) {
            int before = count;
            Deadline.await(
                    "more than %d lines of %d".formatted(before, appended),
                    SOON,
                    () -> receiver().count() > before);
        }
        Deadline.await(
                "%d different lines; there are %d"
                        .formatted(appended, distinct().size()),
                SOON,
                () -> distinct().size() >= appended);
        assertThat(distinct()).isEqualTo(MixedEvents.events(0, appended));
    }

    /** In the order in which each arrived first. */
    private List<String> distinct() {
        Map<String, Integer> seen = new HashMap<>();
        return receiver().received().stream()
                .filter(line -> seen.merge(id(line), 1, Integer::sum) == 1)
                .toList();
    }

    private static String id(String line) {
        return String.valueOf(new ForwardedLine(line.getBytes(StandardCharsets.UTF_8)).id());
    }

    @Test
    void shouldDeliverSmallAndLargeAndHostileEvents() {
        deliver(EVENTS);
    }

    @Tag("campaign")
    @Timeout(1800)
    @Test
    void shouldDeliverManyEvents() {
        deliver(Integer.getInteger("affidavit.events", events()));
    }

    private void deliver(int events) {
        try (RunningForwarder forwarder = forward(receiver().port(), SOON)) {
            append(events);
            requireAll();
            assertThat(forwarder.statistics().failures())
                    .as(
                            "failures, the last of which: %s",
                            forwarder.statistics().lastError())
                    .isZero();
        }
        assertThat(receiver().count()).as("none came again").isEqualTo(events);
    }

    @Test
    void shouldLoseNothingToAReceiverThatIsKilled() {
        assumeTrue(receiver().keepsWhatItAcknowledged(), "it loses what it has not stored yet");
        try (RunningForwarder forwarder = forward(receiver().port())) {
            append(EVENTS);
            Deadline.await("the first lines", SOON, () -> receiver().count() > 0);
            long before = forwarder.statistics().failures();
            receiver().kill();
            append(EVENTS);
            awaitFailure(forwarder, before);

            receiver().start();

            requireAll();
        }
    }

    @Test
    void shouldLoseNothingToAReceiverThatHangs() {
        try (RunningForwarder forwarder = forward(receiver().port())) {
            append(10);
            requireAll();
            long before = forwarder.statistics().failures();
            receiver().suspend();
            append(EVENTS);
            if (receiver().keepsWhatItAcknowledged()) {
                awaitFailure(forwarder, before); // it waits for an answer, and gives up
            }

            receiver().resume();

            requireAll();
        }
    }

    @Test
    void shouldLoseNothingToConnectionsThatAreReset() {
        assumeTrue(receiver().keepsWhatItAcknowledged(), "what the kernel took is lost without an answer");
        Random random = new Random(appended);
        try (RunningForwarder forwarder = forward(proxy().port())) {
            for (int i = 0; i < 10; i++) {
                proxy().resetAfter(random.nextInt(1, 100_000));
                append(EVENTS / 10);
                // Or one failure follows another, and the pauses between attempts grow to half a minute.
                Deadline.await("delivery after a reset", SOON, () -> receiver().count() >= appended);
            }
            requireAll();
            long before = forwarder.statistics().failures();
            proxy().resetAfter(1);
            append(1);

            awaitFailure(forwarder, before);

            requireAll();
        }
    }

    @Test
    void shouldLoseNothingToAReceiverThatIsSlow() {
        try (RunningForwarder forwarder = forward(proxy().port())) {
            proxy().slowDown(400_000);
            append(EVENTS);

            requireAll();

            assertThat(forwarder.statistics().refused()).isZero();
        }
    }

    @Test
    void shouldLoseNothingToAnswersThatComeTooLate() {
        assumeTrue(receiver().keepsWhatItAcknowledged(), "it does not answer");
        try (RunningForwarder forwarder = forward(proxy().port())) {
            append(10);
            requireAll();
            long before = forwarder.statistics().failures();
            proxy().holdReplies();
            append(EVENTS);
            awaitFailure(forwarder, before);

            proxy().passReplies();

            requireAll();
        }
    }

    @Test
    void shouldLoseNothingWhenTheSenderIsKilled() throws IOException {
        killSender(2);
    }

    @Tag("campaign")
    @Timeout(3600)
    @Test
    void shouldLoseNothingWhenTheSenderIsKilledManyTimes() throws IOException {
        killSender(Integer.getInteger("affidavit.kills", kills()));
    }

    private void killSender(int times) throws IOException {
        Random random = new Random(Long.getLong("affidavit.seed", 1));
        for (int i = 0; i < times; i++) {
            append(EVENTS_A_LIFE);
            int before = receiver().count();
            try (ChildJvm sender = startSender()) {
                Deadline.await(
                        "life %d delivers; see %s".formatted(i, errors()),
                        SOON,
                        () -> receiver().count() > before || !sender.isAlive());
                append(EVENTS_A_LIFE);
                long end = System.nanoTime() + random.nextLong(LONGEST_LIFE_NANOS);
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
                assertThat(sender.isAlive())
                        .as("the sender lives: " + Files.readString(errors()))
                        .isTrue();
                sender.kill();
            }
        }
        try (ChildJvm sender = startSender()) {
            append(1); // or a sender that was killed when all was delivered leaves nothing to see
            requireAll();
            sender.closeInput();
            sender.awaitExit(SOON);
        }
        System.out.printf(
                "%d kills, %d lines, %d of them received again%n",
                times, appended, receiver().count() - appended);
    }

    private ChildJvm startSender() {
        ChildJvm.Builder sender = ChildJvm.of(ForwardingProgram.class)
                .argument(log().directory())
                .argument(log().id())
                .argument(receiver().provider().name());
        receiver().systemProperties().forEach((name, value) -> sender.option("-D%s=%s".formatted(name, value)));
        receiver().options(receiver().port(), IMPATIENCE).forEach((name, value) -> sender.argument(name + "=" + value));
        return sender.start(directory.resolve("output"), errors());
    }

    private Path errors() {
        return directory.resolve("errors");
    }
}
