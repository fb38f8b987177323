package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class LegalHoldsTest {
    @TempDir
    Path directory;

    private Path files;
    private LegalHolds holds;

    @BeforeEach
    void prepare() {
        new TestLog(directory).open().close();
        files = directory.resolve(".affidavit").resolve("holds");
        holds = LegalHolds.of(directory);
    }

    @Test
    void shouldPlaceListAndRelease() throws IOException {
        holds.place("case-4711", "as the court ordered");
        holds.place("audit.2026", "");

        assertThat(holds.list())
                .containsExactly(new LegalHold("audit.2026", ""), new LegalHold("case-4711", "as the court ordered"));
        assertThat(holds.isHeld()).isTrue();
        assertThat(LogFiles.mode(files.resolve("case-4711"))).isEqualTo("rw-------");
        assertThat(files.resolve("case-4711")).hasContent("as the court ordered");

        holds.release("case-4711");
        holds.release("audit.2026");

        assertThat(holds.list()).isEmpty();
        assertThat(holds.isHeld()).isFalse();
        assertThat(files).isEmptyDirectory();
    }

    /** The writer records a hold once, as it finds it. */
    @Test
    void shouldNeverShowAHoldWithoutItsReason() throws Exception {
        AtomicBoolean placed = new AtomicBoolean();
        FutureTask<Set<LegalHold>> seen = Threads.start("looking", () -> {
            Set<LegalHold> all = new HashSet<>();
            boolean last;
            do {
                last = placed.get();
                all.addAll(holds.list());
            } while (!last);
            return all;
        });
        try {
            for (int i = 0; i < 100; i++) {
                holds.place("case-" + i, "ordered");
            }
        } finally {
            placed.set(true);
        }

        assertThat(Threads.get(seen))
                .hasSize(100)
                .allMatch(hold -> hold.reason().equals("ordered"));
        assertThat(files)
                .isDirectoryNotContaining(file -> !file.getFileName().toString().startsWith("case-"));
        assertThat(files.getParent())
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("hold-"));
    }

    /** As where the holds are on another file system than the rest, or links are unknown. */
    @Test
    void shouldPlaceAHoldWhereItCannotBeLinked(@TempDir(factory = InMemory.class) Path elsewhere) throws IOException {
        Files.delete(files);
        Files.createSymbolicLink(files, elsewhere);

        holds.place("case-4711", "as the court ordered");

        assertThat(holds.list()).containsExactly(new LegalHold("case-4711", "as the court ordered"));
        assertThat(LogFiles.mode(files.resolve("case-4711"))).isEqualTo("rw-------");
        assertThatThrownBy(() -> holds.place("case-4711", "again")).hasMessageContaining("already");
        assertThat(files.getParent())
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("hold-"));
    }

    @Test
    void shouldNotReplaceAHold() {
        holds.place("case-4711", "the first");

        assertThatThrownBy(() -> holds.place("case-4711", "the second"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("legal hold 'case-4711' is on " + directory)
                .hasMessageEndingWith("already: the first");

        assertThat(holds.list()).containsExactly(new LegalHold("case-4711", "the first"));
    }

    @Test
    void shouldSayThatThereIsNoneToRelease() {
        assertThatThrownBy(() -> holds.release("case-4711"))
                .isInstanceOf(StoreException.class)
                .hasMessage("no legal hold 'case-4711' is on " + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", ".hidden", "a/b", "../lock", "-rf", "a b", "é", "a\0b"})
    void shouldPlaceNothingElsewhere(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> holds.place(name, "x"));
        assertThat(files).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../lock", "a/../../lock", "/etc/hostname"})
    void shouldReleaseNothingElsewhere(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> holds.release(name));
        assertThat(directory.resolve(".affidavit").resolve("lock")).exists();
    }

    @Test
    void shouldTakeWhateverStandsThereForAHold() throws IOException {
        Files.createFile(files.resolve(".hidden"));
        Files.createDirectory(files.resolve("a directory"));
        Files.createSymbolicLink(files.resolve("link"), Path.of("/etc/hostname"));
        Files.createFile(files.resolve("two\nlines"));
        Files.writeString(files.resolve("long"), "x".repeat(10_000));
        Files.write(files.resolve("no text"), new byte[] {(byte) 0xff, 'x', '\n'});

        assertThat(holds.list())
                .containsExactly(
                        new LegalHold(".hidden", ""),
                        new LegalHold("a directory", ""),
                        new LegalHold("link", ""),
                        new LegalHold("long", "x".repeat(4096)),
                        new LegalHold("no text", "\uFFFDx"),
                        new LegalHold("two\nlines", ""));

        holds.list().forEach(hold -> holds.release(hold.name()));
        assertThat(files).isEmptyDirectory();
    }

    @Test
    void shouldNotWaitAtAPipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", files.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(holds.list()).containsExactly(new LegalHold("pipe", ""));
    }

    @Test
    void shouldHoldIfNobodyCanTell() throws IOException {
        Files.delete(files);

        assertThat(holds.isHeld()).isTrue();
        assertThatThrownBy(() -> holds.list())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("legal holds cannot be listed, so nothing is removed");

        holds.place("case-4711", "");
        assertThat(holds.list()).hasSize(1);
    }

    @Test
    void shouldKnowWhereALogIs() {
        assertThatThrownBy(() -> LegalHolds.of(directory.resolve("elsewhere"))).isInstanceOf(StoreException.class);
    }
}
