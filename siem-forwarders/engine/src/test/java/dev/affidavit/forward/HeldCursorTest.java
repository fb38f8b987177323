package dev.affidavit.forward;

import static dev.affidavit.forward.TestCourier.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwarderState;
import dev.affidavit.store.CursorClaim;
import dev.affidavit.store.Cursors;
import dev.affidavit.store.Position;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cursor that is lost, spoilt, of elsewhere, or somebody else's: what is said, and what is sent. */
final class HeldCursorTest {
    private static final String SENT_AGAIN = " The forwarder begins at the oldest event; events are sent again.";

    @TempDir
    Path directory;

    private TestCourier soc;

    @BeforeEach
    void open() {
        soc = new TestCourier(directory);
    }

    @AfterEach
    void close() {
        soc.close();
    }

    /** What three lines of a log are delivered as, when the cursor behind them was spoilt meanwhile. */
    private void deliverThreeAnd(Spoiling spoiling) throws IOException {
        soc.append(0, 3);
        soc.run();
        soc.courier.close();
        spoiling.spoil(soc.cursorFile());
        soc.destination.got.clear();
        soc.restart();
        soc.run();
    }

    private void assertWarned(String problem) {
        assertThat(soc.status.messages()).containsExactly("WARN forwarder 'soc': " + problem);
    }

    private void assertAllCameAgain() {
        assertThat(soc.destination.got).isEqualTo(lines(0, 3));
        assertThat(soc.cursor().line()).isEqualTo(3);
    }

    @Test
    void shouldSayNothingOfACursorThatIsNew() {
        soc.append(0, 3);

        soc.run();

        assertThat(soc.status.messages()).isEmpty();
    }

    @Test
    void shouldSayNothingOfARestartBeforeAnythingWasDelivered() {
        soc.run();
        soc.restart();
        soc.append(0, 3);

        soc.run();

        assertThat(soc.status.messages()).isEmpty();
        assertAllCameAgain();
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsLost() throws IOException {
        deliverThreeAnd(Files::delete);

        assertWarned("its cursor is gone." + SENT_AGAIN);
        assertAllCameAgain();
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsDamaged() throws IOException {
        deliverThreeAnd(file -> Files.writeString(file, Files.readString(file).replace("line 3", "line 2")));

        assertWarned(soc.cursorFile() + ": its check does not match its content. Remove it to begin at the oldest"
                + " segment; what was sent since is then sent again." + SENT_AGAIN);
        assertAllCameAgain();
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsEmpty() throws IOException {
        deliverThreeAnd(file -> Files.writeString(file, ""));

        assertThat(soc.status.messages())
                .singleElement()
                .asString()
                .contains("expected 'affidavit-cursor 1' in its first line, found ''")
                .endsWith(SENT_AGAIN);
        assertAllCameAgain();
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsThatOfAnotherLog(@TempDir Path elsewhere) throws IOException {
        SampleLog other = SampleLog.in(elsewhere);
        Cursors.of(elsewhere).write("soc", new Position("security_audit_2027-01-01_00-00-00.log", 0, 0, null));
        other.close();

        deliverThreeAnd(file -> Files.write(
                file,
                Files.readAllBytes(
                        elsewhere.resolve(".affidavit").resolve("cursors").resolve("soc.cursor"))));

        assertThat(soc.status.messages())
                .singleElement()
                .asString()
                .contains("it is that of another log, %s; this one is %s".formatted(other.id(), soc.log.id()))
                .endsWith(SENT_AGAIN);
        assertAllCameAgain();
    }

    @Test
    void shouldTakeNoHeedOfAHalfWrittenCursorBesideTheTrueOne() throws IOException {
        deliverThreeAnd(file -> Files.writeString(file.resolveSibling("soc.cursor.tmp"), "affidavit-cur"));

        assertThat(soc.status.messages()).isEmpty();
        assertThat(soc.destination.got).isEmpty();
        soc.append(3, 4);
        soc.run();
        assertThat(soc.destination.got).isEqualTo(lines(3, 4));
        assertThat(soc.cursorFile().resolveSibling("soc.cursor.tmp")).doesNotExist();
    }

    @Test
    void shouldBeginTheFileAgainWhenTheCursorIsBehindItsEnd() throws IOException {
        Position[] beyond = new Position[1];
        deliverThreeAnd(file -> {
            Position place = soc.cursor();
            beyond[0] = new Position(place.segment(), 1_000_000, 9999, place.lastLine());
            Cursors.of(directory).write("soc", beyond[0]);
        });

        assertWarned(beyond[0].segment() + ", where its cursor is, is not the file it was: there is no such line before"
                + " byte 1000000. The forwarder begins at its head; events are sent again.");
        assertAllCameAgain();
    }

    @Test
    void shouldBeginAFileAgainThatIsNotTheOneItWas() throws IOException {
        deliverThreeAnd(file -> Files.writeString(
                directory.resolve(soc.cursor().segment()),
                lines(0, 3).stream().map(line -> line.replace('l', 'L')).collect(Collectors.joining("\n", "", "\n"))));

        assertThat(soc.status.messages()).singleElement().asString().contains("is not the file it was");
        assertThat(soc.destination.got).containsExactly("Line 0", "Line 1", "Line 2");
    }

    @Test
    void shouldBeginAtTheOldestWhenTheCursorIsFromTheFuture() throws IOException {
        String future = "security_audit_2999-01-01_00-00-00.log";
        deliverThreeAnd(file -> Cursors.of(directory).write("soc", new Position(future, 7, 1, "0".repeat(64))));

        assertWarned(future + ", where its cursor is, is gone: what it held and was not delivered cannot be sent. The"
                + " forwarder goes on with the oldest file behind it, or with the oldest of all if there is none.");
        assertAllCameAgain();
    }

    @Test
    void shouldGoOnWithTheOldestThatIsLeftWhenTheFileWasPruned() throws IOException {
        soc.rotateEarly();
        soc.append(0, 3);
        soc.run();
        String pruned = soc.cursor().segment();
        soc.append(3, 40);
        soc.courier.close();
        Files.delete(directory.resolve(pruned));
        soc.destination.got.clear();
        soc.restart();

        soc.run();

        assertThat(soc.destination.got).last().isEqualTo("line 39");
        assertThat(lines(0, 40)).containsSubsequence(soc.destination.got);
        assertThat(soc.destination.got).hasSizeGreaterThan(30);
        assertThat(soc.status.messages()).singleElement().asString().contains(pruned, "is gone");
    }

    @Test
    void shouldTellOfAFileThatWasPrunedBeforeAnythingWasDelivered() throws IOException {
        soc.rotateEarly();
        soc.destination.onOpen.add(FakeDestination.failing("away"));
        soc.append(0, 40);
        soc.run();
        String pruned = soc.cursor().segment();
        soc.courier.close();
        Files.delete(directory.resolve(pruned));
        soc.status.messages();
        soc.restart();

        soc.run();

        assertThat(soc.status.messages())
                .filteredOn(message -> message.startsWith("WARN"))
                .singleElement()
                .asString()
                .contains(pruned, "is gone");
    }

    @Test
    void shouldSendNothingWhileAnotherHasItsCursorAndTakeOverThen() {
        soc.append(0, 3);
        CursorClaim other = Cursors.of(directory).claim("soc").orElseThrow();

        assertThat(soc.courier.step()).isEqualTo(Pace.CURSOR_IN_USE);
        assertThat(soc.courier.step()).isEqualTo(Pace.CURSOR_IN_USE);

        assertThat(soc.destination.got).isEmpty();
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        assertThat(soc.status.messages())
                .containsExactly(
                        "ERROR forwarder 'soc' is kept from delivering to a fake: another forwarder named 'soc'"
                                + " is at work on %s, in this process or in another; give each a name of its own. It tries again"
                                        .formatted(soc.directory)
                                + " now and then, but somebody has to mend that; the log keeps every event.");
        other.close();
        soc.run();

        assertThat(soc.destination.got).isEqualTo(lines(0, 3));
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.DELIVERING);
        assertThat(Cursors.of(directory).claim("soc")).isEmpty();
    }

    @Test
    void shouldSendNothingOfALogThatTookThePlaceOfItsOwn(@TempDir Path elsewhere) throws IOException {
        soc.append(0, 3);
        soc.run();
        soc.append(3, 5);
        soc.destination.onDeliver.add(() -> replaceLog(elsewhere));

        soc.run();
        soc.run();

        assertThat(soc.destination.got).isEqualTo(lines(0, 5));
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        assertThat(soc.status.messages())
                .singleElement()
                .asString()
                .contains("was replaced: it holds log " + soc.log.id() + " now, and this forwarder is for log ");
        assertThat(Cursors.of(directory).read("soc")).isEmpty();
        Cursors.of(directory).claim("soc").orElseThrow().close();

        soc.destination.got.clear();
        soc.restart();
        soc.run();
        assertThat(soc.destination.got).containsExactly("of another log");
    }

    @Test
    void shouldNotBeginWithALogThatTookThePlaceOfItsOwn(@TempDir Path elsewhere) throws IOException {
        soc.append(0, 3);
        soc.run();
        replaceLog(elsewhere);

        soc.run();

        assertThat(soc.destination.got).isEqualTo(lines(0, 3));
        assertThat(soc.statistics().state()).isEqualTo(ForwarderState.MISCONFIGURED);
        Cursors.of(directory).claim("soc").orElseThrow().close();
    }

    private void replaceLog(Path elsewhere) throws IOException {
        soc.log.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.move(file, elsewhere.resolve(file.getFileName()));
            }
        }
        soc.log = SampleLog.in(directory);
        soc.log.append("of another log");
    }

    @Test
    void shouldGiveTheCursorBackWhenItCloses() {
        soc.run();
        soc.courier.close();

        Cursors.of(directory).claim("soc").orElseThrow().close();
        assertThat(List.of(soc.statistics().state())).containsExactly(ForwarderState.STOPPED);
    }

    /** What happens to a cursor's file. */
    private interface Spoiling {
        void spoil(Path file) throws IOException;
    }
}
