package dev.affidavit.forward;

import static dev.affidavit.forward.FakeKeys.damaged;
import static dev.affidavit.forward.FakeKeys.encrypted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.Payload;
import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwarderChange;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent of lines that are encrypted, and what is told of them. */
final class EncryptedLogTest {
    private static final String SECRET = "hush-hush";

    @TempDir
    Path directory;

    private TestCourier soc;
    private FakeDestination destination;
    private FakeKeys keys;
    private DeadLetters letters;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
        destination = soc.destination;
        keys = new FakeKeys(directory, "k1");
        letters = DeadLetters.of(directory);
        soc.restartWith(keys::decrypter, Payload.PLAIN);
    }

    @AfterEach
    void close() {
        soc.close();
    }

    private static String event(int number) {
        return "{\"id\":\"evt_%d\",\"timestamp\":\"2026-11-21T09:59:%02d.000000Z\",\"event_type\":\"X\",\"severity\":\"INFO\",\"description\":\"%s %d\"}"
                .formatted(number, number, SECRET, number);
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(EncryptedLogTest::event).toList();
    }

    private void append(String key, int from, int to) {
        events(from, to).forEach(event -> soc.log.append(encrypted(key, event)));
    }

    private List<DeadLetter> list() {
        try (Stream<DeadLetter> all = letters.list("soc")) {
            return all.toList();
        }
    }

    private DeadLetter letter() {
        assertThat(list()).hasSize(1);
        return list().get(0);
    }

    private static String text(DeadLetter letter) {
        return new String(letter.line(), StandardCharsets.UTF_8);
    }

    /** Everything that is kept or told, but the log itself and what the destination got. */
    private String told() throws IOException {
        StringWriter told = new StringWriter();
        soc.status.messages().forEach(told::append);
        soc.causes.forEach(cause -> cause.printStackTrace(new PrintWriter(told)));
        soc.changes.stream().map(ForwarderChange::toString).forEach(told::append);
        told.append(soc.statistics().toString());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                told.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return told.toString();
    }

    @Test
    void shouldSendWhatWasEncryptedAndWhatWasNotInOrder() throws IOException {
        append("k1", 0, 3);
        soc.log.append("line 3");
        append("k1", 4, 5);

        soc.run();

        assertThat(destination.got).containsExactly(event(0), event(1), event(2), "line 3", event(4));
        assertThat(soc.cursor().line()).isEqualTo(5);
        assertThat(soc.statistics().lagBytes()).isZero();
        assertThat(told()).doesNotContain(SECRET);
        append("k1", 5, 7);
        soc.restart();
        soc.run();
        assertThat(destination.got).endsWith(event(4), event(5), event(6)).hasSize(7);
        assertThat(soc.status.messages()).isEmpty();
    }

    @Test
    void shouldKnowHowOldTheOldestLineIs() {
        append("k1", 0, 2);
        destination.onDeliver.add(FakeDestination.failing("away"));
        soc.run();

        assertThat(soc.statistics().lag()).isEqualTo(Duration.ofSeconds(60));
        destination.settles = 1;
        soc.courier.step();
        assertThat(soc.statistics().lag()).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void shouldWaitForAKeyThatIsMissingAndGoOnFromThere() {
        append("k1", 0, 2);
        append("k2", 2, 4);
        append("k1", 4, 5);

        assertThat(soc.run()).isEqualTo(Pace.KEY_MISSING);

        assertThat(destination.got).isEqualTo(events(0, 2));
        assertThat(soc.cursor().line()).isEqualTo(2);
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        assertThat(soc.statistics().connected()).isTrue();
        assertThat(soc.statistics().lastError())
                .startsWith(soc.cursor().segment() + ", line at byte ")
                .contains(", kid k2: expected a key of this id");
        for (int i = 0; i < 3; i++) {
            assertThat(soc.runAfter(Pace.KEY_MISSING)).isEqualTo(Pace.KEY_MISSING);
        }
        assertThat(soc.status.messages())
                .singleElement()
                .asString()
                .startsWith("ERROR forwarder 'soc' is kept from delivering to a fake: ");
        assertThat(list()).isEmpty();

        keys.keys.add("k2");
        soc.runAfter(Pace.KEY_MISSING);

        assertThat(destination.got).isEqualTo(events(0, 5));
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.DELIVERING);
        assertThat(soc.cursor().line()).isEqualTo(5);
        assertThat(destination.opened.get()).isEqualTo(1);
        assertThat(keys.opened).isEqualTo(1);
    }

    @Test
    void shouldWaitForAKeyAfterARestartToo() {
        append("k1", 0, 2);
        append("k2", 2, 4);
        soc.run();
        soc.restart();
        assertThat(soc.run()).isEqualTo(Pace.KEY_MISSING);
        assertThat(soc.cursor().line()).isEqualTo(2);
        keys.keys.add("k2");
        soc.restart();

        soc.run();

        assertThat(destination.got).isEqualTo(events(0, 4));
        assertThat(keys.closed).isEqualTo(keys.opened - 1);
    }

    @Test
    void shouldKeepADamagedLineAsItIsAndGoOn() {
        append("k1", 0, 2);
        soc.log.append(damaged("k1"));
        soc.log.append(damaged("k1"));
        append("k1", 4, 6);

        soc.run();

        assertThat(destination.got).containsExactly(event(0), event(1), event(4), event(5));
        assertThat(soc.cursor().line()).isEqualTo(6);
        assertThat(soc.statistics().delivered()).isEqualTo(4);
        assertThat(soc.statistics().refused()).isEqualTo(2);
        assertThat(soc.statistics().failures()).isZero();
        assertThat(list()).hasSize(2).allSatisfy(letter -> {
            assertThat(text(letter)).isEqualTo(damaged("k1"));
            assertThat(letter.eventId()).isNull();
            assertThat(letter.refusals()).isEqualTo(1);
            assertThat(letter.reason())
                    .isEqualTo("%s, line at byte %d, kid k1: expected other bytes"
                            .formatted(letter.segment(), letter.offset()));
        });
        assertThat(soc.status.messages())
                .containsExactly(
                        "WARN forwarder 'soc': a line is not sent to a fake, since it cannot be decrypted: %s. It is kept in %s, as further ones will be; the forwarder goes on."
                                .formatted(list().get(0).reason(), letters.path("soc")));
    }

    @Test
    void shouldNeedNoDestinationForALineThatCannotBeSent() {
        soc.log.append(damaged("k1"));
        destination.onOpen.add(FakeDestination.failing("away"));

        assertThat(soc.run()).isEqualTo(Pace.IDLE);

        assertThat(soc.cursor().line()).isEqualTo(1);
        assertThat(letters.count("soc")).isEqualTo(1);
        assertThat(destination.opened.get()).isZero();
    }

    @Test
    void shouldTakeALineForDamagedOnceItsKeyIsThere() {
        soc.log.append(damaged("k2"));
        assertThat(soc.run()).isEqualTo(Pace.KEY_MISSING);
        keys.keys.add("k2");

        soc.runAfter(Pace.KEY_MISSING);

        assertThat(letters.count("soc")).isEqualTo(1);
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.DELIVERING);
    }

    @Test
    void shouldKeepARefusedLineEncryptedAndDecryptItWhenItIsSentAgain() throws IOException {
        append("k1", 0, 10);
        destination.refuses = line -> line.endsWith("3\"}");
        soc.run();

        DeadLetter letter = letter();
        assertThat(text(letter)).isEqualTo(encrypted("k1", event(3)));
        assertThat(letter.eventId()).isNull();
        assertThat(letter.reason())
                .isEqualTo("no … (the rest is left out, since it may quote an event that is encrypted in the log)");
        assertThat(soc.status.messages())
                .singleElement()
                .asString()
                .startsWith("WARN forwarder 'soc': a fake refuses an event, at byte %d of %s: no … (the rest"
                        .formatted(letter.offset(), letter.segment()));
        letters.sendAgain("soc");
        soc.runAfter(Redelivery.LOOK);
        assertThat(letter().refusals()).isEqualTo(2);
        assertThat(text(letter())).isEqualTo(text(letter));
        assertThat(told()).doesNotContain(SECRET);

        destination.got.clear();
        destination.refuses = line -> false;
        letters.sendAgain("soc");
        soc.runAfter(Redelivery.LOOK);

        assertThat(destination.got).containsExactly(event(3));
        assertThat(letters.forwarders()).isEmpty();
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldNotKeepTheLogFromBeingDeliveredForTheKeyOfADeadLetter() {
        append("k1", 0, 2);
        destination.refuses = line -> true;
        soc.run();
        destination.refuses = line -> false;
        destination.got.clear();
        keys.keys.remove("k1");
        keys.keys.add("k2");
        append("k2", 2, 4);
        letters.sendAgain("soc");

        soc.runAfter(Redelivery.LOOK);

        assertThat(destination.got).isEqualTo(events(2, 4));
        assertThat(list()).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.refusals()).isEqualTo(2);
            assertThat(letter.reason()).contains("kid k1: expected a key");
        });
    }

    @Test
    void shouldTellNothingThatADestinationQuotesOfAnEvent() throws IOException {
        append("k1", 0, 2);
        for (Exception failure : List.of(
                new IOException("500 for " + event(1), new IllegalStateException(event(0))),
                new DestinationBusyException("429 for " + event(1), Duration.ofSeconds(90)),
                new MisconfiguredDestinationException("HUSH is no index of mine, " + event(1)),
                new IllegalStateException(event(1)))) {
            destination.onDeliver.add(FakeDestination.failing(failure));
        }

        soc.run();
        assertThat(soc.statistics().lastError())
                .isEqualTo(
                        "500 … (java.io.IOException, java.lang.IllegalStateException; the rest is left out, since it may quote an event that is encrypted in the log)");
        assertThat(soc.courier.step()).isGreaterThan(Duration.ofSeconds(90));
        assertThat(soc.courier.step()).isGreaterThan(Pace.MISCONFIGURED);
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        assertThat(soc.statistics().lastError())
                .startsWith("(dev.affidavit.spi.MisconfiguredDestinationException; the rest is left out");
        assertThat(soc.courier.step()).isPositive();

        assertThat(destination.opened.get()).isEqualTo(3); // not after the one that asked for a pause
        assertThat(soc.causes).hasSize(2);
        assertThat(told()).doesNotContain(SECRET);
        soc.run();
        assertThat(soc.cursor().line()).isEqualTo(2);
    }

    @Test
    void shouldNotQuoteAnEncryptedNeighbourOfAPlainLineEither() {
        append("k1", 0, 1);
        soc.log.append(event(1));
        destination.refuses = line -> line.equals(event(1));

        soc.run();

        assertThat(letter().eventId()).isEqualTo("evt_1");
        assertThat(text(letter())).isEqualTo(event(1));
        assertThat(letter().reason()).startsWith("no … (the rest is left out");
    }

    @Test
    void shouldTellTheWholeOfAFailureThatCannotQuoteAnEvent() {
        append("k1", 0, 1);
        destination.onOpen.add(FakeDestination.failing("no route to soc.example.com"));
        soc.run();
        assertThat(soc.statistics().lastError()).isEqualTo("no route to soc.example.com");
        soc.run();

        soc.log.append("line 1");
        destination.onDeliver.add(FakeDestination.failing("500 for line 1"));
        soc.run();
        assertThat(soc.statistics().lastError()).isEqualTo("500 for line 1");
    }

    @Test
    void shouldKeepALineEncryptedThatIsTooLargeByItself() throws IOException {
        append("k1", 0, 4);
        destination.refusesBatchesWith = line -> line.endsWith("2\"}");

        soc.run();

        assertThat(destination.got).containsExactly(event(0), event(1), event(3));
        assertThat(text(letter())).isEqualTo(encrypted("k1", event(2)));
        assertThat(letter().reason()).startsWith("(the rest is left out");
        assertThat(told()).doesNotContain(SECRET);
    }

    @Test
    void shouldCarryLinesAsTheyAreIfThatIsWanted() {
        soc.restartWith(keys::decrypter, Payload.ENCRYPTED);
        append("k1", 0, 1);
        append("k2", 1, 2);
        soc.log.append(damaged("k1"));
        soc.log.append("line 3");
        destination.refuses = line -> line.equals(damaged("k1"));

        soc.run();

        assertThat(destination.got)
                .containsExactly(encrypted("k1", event(0)), encrypted("k2", event(1)), damaged("k1"), "line 3");
        assertThat(letter().reason()).isEqualTo("no such thing as " + damaged("k1"));
        assertThat(keys.asked).isZero();
    }

    @Test
    void shouldDeliverAllInBatchesOfAnySize() {
        for (int i = 0; i < 40; i++) {
            append(i % 7 == 0 ? "k2" : "k1", i, i + 1);
            soc.log.append(damaged("k1"));
        }
        keys.keys.add("k2");
        soc.restartWith(new BatchLimits(3, 700, Duration.ZERO));
        destination.maxBytes = 400;
        destination.settles = 2;

        soc.run();

        assertThat(destination.got).isEqualTo(events(0, 40));
        assertThat(letters.count("soc")).isEqualTo(40);
        assertThat(soc.cursor().line()).isEqualTo(80);
    }
}
