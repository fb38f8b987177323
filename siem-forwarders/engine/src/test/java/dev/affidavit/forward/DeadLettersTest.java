package dev.affidavit.forward;

import static dev.affidavit.forward.TestCourier.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a destination refuses for good. */
final class DeadLettersTest {
    @TempDir
    Path directory;

    private TestCourier soc;
    private DeadLetters letters;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
        letters = DeadLetters.of(directory);
        soc.destination.refuses = line -> line.endsWith("3") || line.endsWith("7");
    }

    @AfterEach
    void close() {
        soc.close();
    }

    private List<DeadLetter> list() {
        try (Stream<DeadLetter> all = letters.list("soc")) {
            return all.toList();
        }
    }

    private List<String> texts() {
        return list().stream()
                .map(letter -> new String(letter.line(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldKeepWhatIsRefusedAndGoOn() throws IOException {
        soc.append(0, 10);

        soc.run();

        assertThat(soc.cursor().line()).isEqualTo(10);
        assertThat(soc.statistics().delivered()).isEqualTo(8);
        assertThat(soc.statistics().refused()).isEqualTo(2);
        assertThat(texts()).containsExactly("line 3", "line 7");
        assertThat(letters.forwarders()).containsExactly("soc");
        assertThat(letters.count("soc")).isEqualTo(2);
        assertThat(letters.countWaiting("soc")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letters.path("soc"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldSayWhereTheLineIsAndWhyItWasRefused() throws IOException {
        soc.destination.refuses = line -> line.contains("000003Z");
        soc.log.appendEvents(0, 5);

        soc.run();

        DeadLetter letter = list().get(0);
        assertThat(letter.time()).isEqualTo(FakeMachine.START);
        assertThat(letter.forwarder()).isEqualTo("soc");
        assertThat(letter.destination()).isEqualTo("a fake");
        assertThat(letter.logId()).isEqualTo(soc.log.id());
        assertThat(letter.segment()).isEqualTo(soc.cursor().segment());
        assertThat(letter.eventId()).isEqualTo("evt_1795213454000000003_1795213454");
        assertThat(letter.refusals()).isEqualTo(1);
        assertThat(letter.reason()).startsWith("no such thing as {");
        byte[] segment = Files.readAllBytes(directory.resolve(letter.segment()));
        assertThat(new String(segment, (int) letter.offset(), letter.line().length, StandardCharsets.UTF_8))
                .isEqualTo(SampleLog.event(3));
    }

    @Test
    void shouldWarnOfTheFirstInARunOnly() throws IOException {
        soc.append(0, 10);
        soc.run();
        soc.append(0, 10);
        soc.run();

        assertThat(soc.status.messages())
                .containsExactly(
                        "WARN forwarder 'soc': a fake refuses an event, at byte 21 of %s: no such thing as line 3."
                                        .formatted(logFile())
                                + " It is kept in %s, as further ones will be; the forwarder goes on."
                                        .formatted(letters.path("soc")));
        soc.restart();
        soc.append(0, 10);
        soc.run();
        assertThat(soc.status.messages()).hasSize(2);
        assertThat(letters.count("soc")).isEqualTo(6);
    }

    @Test
    void shouldKeepALineOfAnyBytes() throws IOException {
        byte[][] odd = {
            {(byte) 0xff, (byte) 0xfe, 'x', '3'},
            {'\t', 0, 1, '3'},
            "\"\\ \u2028 Пароль 密码 \ud83d\udd11 \u202e3".getBytes(StandardCharsets.UTF_8),
            {'3'}
        };
        Path segment = directory.resolve(logFile());
        for (byte[] line : odd) {
            Files.write(segment, line, StandardOpenOption.APPEND);
            Files.write(segment, new byte[] {'\n'}, StandardOpenOption.APPEND);
        }

        soc.run();

        assertThat(list()).extracting(DeadLetter::line).containsExactly(odd);
        assertThat(Files.readAllLines(letters.path("soc")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"line_base64\":\"//54Mw==\""),
                        line -> assertThat(line).contains("\"line_base64\":\"CQABMw==\""),
                        line -> assertThat(line).contains("\"line\":\"\\\"\\\\ "),
                        line -> assertThat(line).endsWith("\"line\":\"3\"}"));
    }

    private String logFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    @Test
    void shouldNotMoveTheCursorBeforeTheLetterIsKept() throws IOException {
        Path folder = directory.resolve(".affidavit").resolve("dead-letters");
        Files.writeString(folder, "in the way");
        soc.append(0, 10);

        assertThat(soc.run()).isPositive();
        assertThat(soc.run()).isPositive();

        assertThat(soc.cursor().line()).isZero();
        assertThat(soc.destination.sizes).containsExactly(10);
        Files.delete(folder);
        soc.run();
        assertThat(soc.cursor().line()).isEqualTo(10);
        assertThat(soc.destination.sizes).containsExactly(10);
        assertThat(texts()).containsExactly("line 3", "line 7");
    }

    @Test
    void shouldKeepALetterOnceThoughTheCursorCannotBeStored() throws IOException {
        soc.append(0, 10);
        Path cursors = soc.cursorFile().getParent();
        Path moved = directory.resolve("moved");
        soc.destination.onDeliver.add(() -> Files.move(cursors, moved));
        soc.run();
        soc.run();
        Files.move(moved, cursors);

        soc.run();

        assertThat(texts()).containsExactly("line 3", "line 7");
        assertThat(soc.statistics().refused()).isEqualTo(2);
        assertThat(soc.statistics().delivered()).isEqualTo(8);
    }

    @Test
    void shouldCutOffALetterThatACrashLeftUnfinished() throws IOException {
        soc.append(0, 4);
        soc.run();
        Files.writeString(letters.path("soc"), "{\"time\":\"2026", StandardOpenOption.APPEND);
        assertThat(texts()).containsExactly("line 3");
        soc.append(4, 8);

        soc.run();

        assertThat(texts()).containsExactly("line 3", "line 7");
    }

    @Test
    void shouldSayWhichLineOfTheFileIsNoLetter() throws IOException {
        soc.append(0, 4);
        soc.run();
        Files.writeString(letters.path("soc"), "a note\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::list)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(letters.path("soc") + ": line 2: ");
    }

    @Test
    void shouldHaveNoneWhereNothingWasRefused() {
        assertThat(letters.forwarders()).isEmpty();
        assertThat(letters.count("soc")).isZero();
        assertThat(list()).isEmpty();
        assertThat(letters.sendAgain("soc")).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> letters.sendAgain("../soc"));
        assertThatIllegalArgumentException().isThrownBy(() -> letters.count("soc.again-1"));
    }

    @Test
    void shouldSendAgainInOrder() {
        soc.append(0, 10);
        soc.run();
        soc.destination.got.clear();
        soc.destination.refuses = line -> false;

        assertThat(letters.sendAgain("soc")).isEqualTo(2);
        assertThat(letters.count("soc")).isZero();
        assertThat(letters.countWaiting("soc")).isEqualTo(2);
        soc.runAfter(Redelivery.LOOK);

        assertThat(soc.destination.got).containsExactly("line 3", "line 7");
        assertThat(letters.countWaiting("soc")).isZero();
        assertThat(soc.cursor().line()).isEqualTo(10);
        assertThat(soc.statistics().delivered()).isEqualTo(10);
        assertThat(directory.resolve(".affidavit").resolve("dead-letters")).isEmptyDirectory();
    }

    @Test
    void shouldSendAgainWhenItStarts() {
        soc.append(0, 10);
        soc.run();
        letters.sendAgain("soc");
        soc.destination.got.clear();
        soc.destination.refuses = line -> false;
        soc.append(10, 12);

        soc.restart();
        soc.run();

        assertThat(soc.destination.got).containsExactly("line 3", "line 7", "line 10", "line 11");
    }

    @Test
    void shouldKeepWhatIsRefusedAgainAndCountIt() {
        soc.append(0, 10);
        soc.run();
        soc.destination.refuses = line -> line.endsWith("7");
        letters.sendAgain("soc");

        soc.runAfter(Redelivery.LOOK);

        assertThat(list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.refusals()).isEqualTo(2))
                .satisfies(letter -> assertThat(new String(letter.line(), StandardCharsets.UTF_8))
                        .isEqualTo("line 7"))
                .satisfies(letter ->
                        assertThat(letter.segment()).isEqualTo(soc.cursor().segment()))
                .satisfies(letter -> assertThat(letter.offset()).isEqualTo(7 * 7));
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldSendOneRequestAfterTheOther() {
        soc.append(0, 4);
        soc.run();
        letters.sendAgain("soc");
        soc.append(4, 8);
        soc.run();
        letters.sendAgain("soc");
        soc.destination.got.clear();
        soc.destination.refuses = line -> false;

        soc.runAfter(Redelivery.LOOK);

        assertThat(soc.destination.got).containsExactlyInAnyOrder("line 3", "line 7");
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldSendAllOfThemAgainAfterACrashInBetween() {
        soc.append(0, 10);
        soc.run();
        letters.sendAgain("soc");
        soc.destination.got.clear();
        soc.destination.refuses = line -> false;
        soc.destination.settles = 1;
        soc.machine.pass(Redelivery.LOOK);
        soc.courier.step();
        assertThat(soc.destination.got).containsExactly("line 3", "line 7");

        soc.restart();
        soc.run();

        assertThat(soc.destination.got).containsExactly("line 3", "line 7", "line 3", "line 7", "line 7");
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldKeepThemWhileTheDestinationIsAway() {
        soc.append(0, 10);
        soc.run();
        letters.sendAgain("soc");
        soc.destination.refuses = line -> false;
        soc.destination.onDeliver.add(FakeDestination.failing("away"));

        soc.runAfter(Redelivery.LOOK);
        assertThat(letters.countWaiting("soc")).isEqualTo(2);

        soc.run();
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldSendWhatItCanReadAndSetTheRestAside() throws IOException {
        soc.append(0, 10);
        soc.run();
        List<String> lines = Files.readAllLines(letters.path("soc"));
        Files.write(letters.path("soc"), List.of(lines.get(0), "a note", "{\"time\":{}}", lines.get(1)));
        letters.sendAgain("soc");
        soc.destination.got.clear();
        soc.destination.refuses = line -> false;

        soc.runAfter(Redelivery.LOOK);
        soc.runAfter(Redelivery.LOOK);

        assertThat(soc.destination.got).containsExactly("line 3", "line 7");
        assertThat(soc.status.messages())
                .last()
                .asString()
                .matches(
                        "WARN forwarder 'soc': 2 line\\(s\\) of .*/dead-letters/soc\\.damaged-.*\\.jsonl are no dead letters"
                                + " and were not sent; the others were\\.");
        assertThat(letters.countWaiting("soc")).isZero();
    }

    @Test
    void shouldDeliverTheLogThoughDeadLettersCannotBeRead() throws IOException {
        soc.append(0, 10);
        soc.run();
        letters.sendAgain("soc");
        Path folder = directory.resolve(".affidavit").resolve("dead-letters");
        Path again;
        try (Stream<Path> files = Files.list(folder)) {
            again = files.findFirst().orElseThrow();
        }
        Files.delete(again);
        Files.createDirectory(again);
        soc.destination.got.clear();
        soc.append(10, 12);

        soc.runAfter(Redelivery.LOOK);
        soc.append(12, 13);
        soc.runAfter(Redelivery.LOOK);

        assertThat(soc.destination.got).isEqualTo(lines(10, 13));
        assertThat(soc.status.messages())
                .filteredOn(message -> message.contains("cannot be sent again"))
                .hasSize(1);
    }

    @Test
    void shouldReadALetterOfTheLongestLine() throws IOException {
        byte[] quotes = "\"".repeat(16 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);
        byte[] zeros = new byte[16 * 1024 * 1024];
        for (byte[] line : List.of(quotes, zeros)) {
            DeadLetter letter =
                    new DeadLetter(FakeMachine.START, "soc", "a fake", "id", "segment", 0, null, 1, "why", line);

            byte[] text = DeadLetterText.write(letter);

            assertThat(text.length).isLessThan(DeadLetterText.MAX_BYTES);
            DeadLetter read = DeadLetterText.read(text);
            assertThat(read.line()).isEqualTo(line);
            assertThat(read.eventId()).isNull();
        }
    }
}
