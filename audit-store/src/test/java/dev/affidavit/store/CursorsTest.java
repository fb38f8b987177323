package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorsTest {
    private static final Position POSITION =
            new Position("security_audit_2026-11-21_10-00-00_007.log", 9_876_543_210L, 4, Sha256.hex(new byte[] {1}));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void makeLog() {
        new TestLog(directory).open().close();
    }

    @Test
    void shouldReadWhatWasWritten() {
        Cursors cursors = Cursors.of(directory);
        Position head = TestLog.HEAD;

        cursors.write("soc", POSITION);
        cursors.write("head", head);

        assertThat(Cursors.of(directory).read("soc")).contains(POSITION);
        assertThat(Cursors.of(directory).read("head")).contains(head);
        assertThat(Cursors.of(directory).read("other")).isEmpty();
    }

    @Test
    void shouldReplaceAnEarlierPosition() throws Exception {
        Cursors cursors = Cursors.of(directory);
        cursors.write("soc", TestLog.HEAD);

        cursors.write("soc", POSITION);

        assertThat(cursors.read("soc")).contains(POSITION);
        assertThat(LogFiles.names(file("soc").resolveSibling(""))).containsExactly("soc.cursor");
        assertThat(LogFiles.mode(file("soc"))).isEqualTo("rw-------");
    }

    @Test
    void shouldBeTextThatAPersonCanRead() throws Exception {
        Cursors.of(directory).write("soc", POSITION);

        assertThat(Files.readAllLines(file("soc")))
                .startsWith(
                        "affidavit-cursor 1",
                        "log " + logId(),
                        "segment security_audit_2026-11-21_10-00-00_007.log",
                        "offset 9876543210",
                        "line 4",
                        "last " + POSITION.lastLine())
                .hasSize(7);
    }

    @Test
    void shouldWriteWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        Cursors.of(directory).write("soc", POSITION);
        Optional<Position> read = Cursors.of(directory).read("soc");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read).contains(POSITION);
    }

    @Test
    void shouldForgetARemovedPosition() {
        Cursors cursors = Cursors.of(directory);
        cursors.write("soc", POSITION);

        cursors.remove("soc");
        cursors.remove("soc");

        assertThat(cursors.read("soc")).isEmpty();
        assertThat(cursors.names()).isEmpty();
    }

    @Test
    void shouldListNamesSortedAndNothingElse() throws Exception {
        Cursors cursors = Cursors.of(directory);
        cursors.write("syslog", POSITION);
        cursors.write("elasticsearch", POSITION);
        Files.writeString(file("syslog").resolveSibling("half.cursor.tmp"), "");
        Files.writeString(file("syslog").resolveSibling("no name.cursor"), "");

        assertThat(cursors.names()).containsExactly("elasticsearch", "syslog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../soc", "a/b", "a\\b", "-a", "_a", "a.b", "a b", "a\n", "a\0", "\u00e4"})
    void shouldRefuseANameThatIsNoFileName(String name) {
        Cursors cursors = Cursors.of(directory);

        assertThat(Cursors.isName(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> cursors.read(name));
        assertThatIllegalArgumentException().isThrownBy(() -> cursors.write(name, POSITION));
        assertThatIllegalArgumentException().isThrownBy(() -> cursors.remove(name));
    }

    @Test
    void shouldRefuseANameOfMoreThan64Characters() {
        assertThat(Cursors.isName("a".repeat(64))).isTrue();
        assertThat(Cursors.isName("a".repeat(65))).isFalse();
    }

    @Test
    void shouldNeverReadAnotherPositionFromAFileWithAFlippedBit() throws Exception {
        Cursors cursors = Cursors.of(directory);
        cursors.write("soc", POSITION);
        byte[] whole = Files.readAllBytes(file("soc"));

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file("soc"), flipped);

            assertDamagedOrSame(cursors, "bit " + bit);
        }
    }

    @Test
    void shouldNeverReadAnotherPositionFromAFileThatIsCut() throws Exception {
        Cursors cursors = Cursors.of(directory);
        cursors.write("soc", POSITION);
        byte[] whole = Files.readAllBytes(file("soc"));

        for (int length = 0; length < whole.length; length++) {
            Files.write(file("soc"), Arrays.copyOf(whole, length));

            assertDamagedOrSame(cursors, "length " + length);
        }
    }

    @Test
    void shouldSayThatALaterVersionIsNotThisOne() throws Exception {
        Files.writeString(file("soc"), "affidavit-cursor 2\n");

        assertThatThrownBy(() -> Cursors.of(directory).read("soc"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("expected 'affidavit-cursor 1'")
                .hasMessageContaining("found 'affidavit-cursor 2'");
    }

    @Test
    void shouldRefuseTheCursorOfAnotherLog(@TempDir Path other) throws Exception {
        new TestLog(other).open().close();
        Cursors.of(other).write("soc", POSITION);
        Files.copy(other.resolve(".affidavit").resolve("cursors").resolve("soc.cursor"), file("soc"));

        assertThatThrownBy(() -> Cursors.of(directory).read("soc"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("it is that of another log")
                .hasMessageContaining("this one is " + logId());
    }

    @Test
    void shouldRefuseAPositionThatMakesNoSenseThoughItsCheckMatches() throws Exception {
        String body = "affidavit-cursor 1\nlog %s\nsegment ../../etc/passwd\noffset 1\nline 1\nlast %s\n"
                .formatted(logId(), "0".repeat(64));
        String check = "check %s\n".formatted(Sha256.hex(body.getBytes(StandardCharsets.US_ASCII)));
        Files.writeString(file("soc"), body + check);

        assertThatThrownBy(() -> Cursors.of(directory).read("soc"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(file("soc").toRealPath().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"offset +7", "offset 07", "offset -7", "line 01", "offset 7\r", "line 99999999999999999999"})
    void shouldRefuseANumberThatItDoesNotWriteSoThoughTheCheckMatches(String line) throws Exception {
        String field = line.substring(0, line.indexOf(' '));
        String good = "affidavit-cursor 1\nlog %s\nsegment %s\noffset 7\nline 1\nlast %s\n"
                .formatted(logId(), POSITION.segment(), POSITION.lastLine());
        String body = good.replaceFirst(field + " \\d+", line);
        assertThat(body).isNotEqualTo(good);
        String check = "check %s\n".formatted(Sha256.hex(body.getBytes(StandardCharsets.US_ASCII)));
        Files.writeString(file("soc"), body + check);

        assertThatThrownBy(() -> Cursors.of(directory).read("soc"))
                .isInstanceOf(DamagedException.class)
                .hasMessageNotContaining("its check");
    }

    @Test
    void shouldRefusePositionsThatCannotBe() {
        String segment = POSITION.segment();
        String hash = POSITION.lastLine();

        assertThatIllegalArgumentException().isThrownBy(() -> new Position("notes.log", 0, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position("../" + segment, 0, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(segment, -1, 1, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(segment, 1, 0, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(segment, 0, 1, hash));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(segment, 1, 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Position(segment, 0, 0, hash));
    }

    private static void assertDamagedOrSame(Cursors cursors, String what) {
        try {
            assertThat(cursors.read("soc")).as(what).contains(POSITION);
        } catch (DamagedException expected) {
            assertThat(expected).as(what).hasMessageContaining("soc.cursor");
        }
    }

    private String logId() throws IOException {
        return Files.readString(directory.resolve(".affidavit").resolve("log-id"))
                .strip();
    }

    private Path file(String name) {
        return directory.resolve(".affidavit").resolve("cursors").resolve(name + ".cursor");
    }
}
