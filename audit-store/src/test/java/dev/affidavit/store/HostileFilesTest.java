package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others put where a log has its own: it never waits at them, never reads without end, never writes elsewhere. */
@Timeout(
        value = 300,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // an open that waits at a pipe heeds no interrupt
final class HostileFilesTest {
    private static final String SEGMENT = SegmentName.first(TestLog.START).fileName();
    private static final long HUGE = 3L << 30;

    private enum Kind {
        PIPE {
            @Override
            void make(Path file) throws IOException {
                run("mkfifo \"$1\"", file);
            }
        },
        LINK {
            @Override
            void make(Path file) throws IOException {
                Files.createSymbolicLink(file, Path.of("/dev/zero"));
            }
        },
        DIRECTORY {
            @Override
            void make(Path file) throws IOException {
                Files.createDirectory(file);
            }
        },
        HUGE_FILE {
            @Override
            void make(Path file) throws IOException {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.setLength(HUGE);
                }
            }
        };

        abstract void make(Path file) throws IOException;
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void makeLog() {
        directory = temporary.resolve("log");
        write("first");
    }

    private void write(String line) {
        try (LogWriter log = new TestLog(directory).open()) {
            log.append(TextLine.of(line), Durability.SYNCED);
        }
    }

    /** All that a log does with its own files. */
    private void use() {
        write("second");
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(10, 1 << 20))).containsExactly("first", "second");
        }
        Cursors cursors = Cursors.of(directory);
        cursors.claim("soc").ifPresent(CursorClaim::close);
        assertThat(cursors.read("soc")).isEmpty();
        PrivateFolder folder = PrivateFolder.of(directory, "letters");
        folder.append("soc.jsonl", List.of("x\n".getBytes(StandardCharsets.UTF_8)));
    }

    private void replace(String file, Kind kind) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.deleteIfExists(path);
        kind.make(path);
    }

    @ParameterizedTest
    @CsvSource({
        "log-id, PIPE",
        "log-id, LINK",
        "log-id, DIRECTORY",
        "log-id, HUGE_FILE",
        "lock, PIPE",
        "lock, LINK",
        "lock, DIRECTORY",
        "cursors/soc.cursor, PIPE",
        "cursors/soc.cursor, LINK",
        "cursors/soc.cursor, DIRECTORY",
        "cursors/soc.cursor, HUGE_FILE",
        "cursors/soc.lock, PIPE",
        "cursors/soc.lock, LINK",
        "cursors/soc.lock, DIRECTORY",
        "letters/soc.jsonl, PIPE",
        "letters/soc.jsonl, LINK",
        "letters/soc.jsonl, DIRECTORY",
        "../SEGMENT, PIPE",
        "../SEGMENT, LINK",
        "../SEGMENT, DIRECTORY",
        "../SEGMENT, HUGE_FILE",
        "poisoned/SEGMENT, PIPE",
        "poisoned/SEGMENT, LINK",
        "poisoned/SEGMENT, DIRECTORY",
        "poisoned/SEGMENT, HUGE_FILE",
    })
    void shouldSayWhichFileIsNotItsOwn(String name, Kind kind) throws IOException {
        String file = name.replace("SEGMENT", SEGMENT);
        replace(".affidavit/" + file, kind);

        assertThatThrownBy(this::use)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(Path.of(file).getFileName().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "lock, HUGE_FILE",
        "cursors/soc.lock, HUGE_FILE",
        "holds-recorded, PIPE",
        "holds-recorded, LINK",
        "holds-recorded, HUGE_FILE",
        "torn/x, PIPE",
        "torn/x, DIRECTORY",
        "cursors/x, PIPE",
        "cursors/x.tmp, DIRECTORY",
    })
    void shouldGoOnBesideWhatDoesNotMatter(String file, Kind kind) throws IOException {
        replace(".affidavit/" + file, kind);

        use();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPE", "LINK"})
    void shouldNotWaitForAReader(Kind kind) throws IOException {
        replace(SEGMENT, kind);

        assertThatThrownBy(() -> LogReader.fromOldest(directory).read(1, 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void shouldFollowANoteNowhereElse() throws IOException {
        SegmentName later = SegmentName.first(TestLog.START.plusSeconds(1));
        Files.writeString(directory.resolve(later.fileName()), "later\n");
        Poisoned note = new Poisoned(SegmentName.first(TestLog.START), 6, later, Long.MAX_VALUE);
        Files.write(directory.resolve(".affidavit/poisoned").resolve(SEGMENT), note.bytes());

        try (LogReader reader = LogReader.from(directory, new Position(SEGMENT, 100, 3, "0".repeat(64)))) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_CHANGED);
            assertThat(LogFiles.texts(reader.read(10, 1 << 20))).containsExactly("first", "later");
        }
        try (LogReader reader = LogReader.from(directory, SEGMENT, -1)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.SEGMENT_CHANGED);
        }
    }

    @Test
    void shouldFollowNoLinkToAnotherPrivatePart() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.createSymbolicLink(other.resolve(".affidavit"), elsewhere);

        assertThatThrownBy(() -> new TestLog(other).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(".affidavit is a link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** What a backup leaves that copies by links: the file is the log's own all the same. */
    @Test
    void shouldGoOnInASegmentThatHasAnotherNameToo() throws IOException {
        Path other = Files.createLink(temporary.resolve("other"), directory.resolve(SEGMENT));

        use();

        assertThat(LogFiles.linesOf(other)).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u001b[2J", "a b", "-rf", "..x", "%s%n{}", "${env:PATH}", "é\u202e"})
    void shouldTakeADirectoryOfAnyName(String name) {
        directory = temporary.resolve(name);
        write("first");

        use();
    }

    @Test
    void shouldTakeTheLongestNameAndRefuseALongerOne() {
        directory = temporary.resolve("d".repeat(255));
        write("first");
        use();

        assertThatThrownBy(() -> new TestLog(temporary.resolve("d".repeat(256))).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be used as the directory of a log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/null/log", "/dev/full"})
    void shouldRefuseADeviceForADirectory(String device) {
        assertThatThrownBy(() -> new TestLog(Path.of(device)).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(device)
                .hasMessageContaining("cannot be used as the directory of a log");
    }

    @Test
    void shouldRefuseAPipeForADirectory() throws IOException {
        Path pipe = temporary.resolve("pipe");
        Kind.PIPE.make(pipe);

        assertThatThrownBy(() -> new TestLog(pipe).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(pipe.toString());
    }

    /** Such names cannot be said in Java: they are met, not asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                ".affidavit",
                ".affidavit/cursors",
                ".affidavit/torn",
                ".affidavit/holds",
                ".affidavit/letters"
            })
    void shouldLiveWithNamesThatAreNoText(String folder) throws IOException {
        Files.createDirectories(directory.resolve(folder));
        run(
                "touch \"$1/$(printf 'security_audit_\\377.log')\" \"$1/$(printf '\\377.cursor')\" \"$1/$(printf 'a\\nb')\"",
                directory.resolve(folder));

        use();

        assertThat(Cursors.of(directory).names()).isEmpty();
        assertThat(LegalHolds.of(directory).list()).hasSize(folder.endsWith("holds") ? 3 : 0);
    }

    @Test
    void shouldWarnOfADirectoryAboveThatEverybodyMayWrite() throws IOException {
        Path above = Files.createDirectory(temporary.resolve("above"));
        directory = above.resolve("between").resolve("log");
        write("first");
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.warnings()).singleElement().asString().endsWith("Run: chmod o-w " + above.toRealPath());
        }

        run("chmod 1777 \"$1\"", above); // as /tmp is
        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.warnings()).isEmpty();
        }
    }

    private static void run(String script, Path argument) throws IOException {
        try {
            Process shell = new ProcessBuilder("sh", "-c", script, "sh", argument.toString())
                    .inheritIO()
                    .start();
            assertThat(shell.waitFor()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
