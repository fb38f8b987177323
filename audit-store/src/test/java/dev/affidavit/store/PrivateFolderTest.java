package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private PrivateFolder folder;

    @BeforeEach
    void makeLog() {
        new TestLog(directory).open().close();
        folder = PrivateFolder.of(directory, "letters");
    }

    private static List<byte[]> lines(String... texts) {
        return List.of(texts).stream()
                .map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private Path file() {
        return directory.resolve(".affidavit").resolve("letters").resolve("soc.jsonl");
    }

    @Test
    void shouldAddLinesToAFileForItsOwnerAlone() throws Exception {
        assertThat(folder.append("soc.jsonl", lines("a", "bc"))).isEqualTo(5);
        assertThat(folder.append("soc.jsonl", lines("d"))).isEqualTo(7);

        assertThat(LogFiles.linesOf(file())).containsExactly("a", "bc", "d");
        assertThat(LogFiles.mode(file())).isEqualTo("rw-------");
        assertThat(LogFiles.mode(file().resolveSibling(""))).isEqualTo("rwx------");
        assertThat(folder.size("soc.jsonl")).isEqualTo(7);
        try (InputStream in = folder.open("soc.jsonl")) {
            assertThat(in).asString(StandardCharsets.UTF_8).isEqualTo("a\nbc\nd\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65_536, 200_000})
    void shouldCutOffWhatACrashLeftUnfinished(int unfinished) throws Exception {
        folder.append("soc.jsonl", lines("a"));
        Files.writeString(file(), "x".repeat(unfinished), StandardOpenOption.APPEND);

        folder.append("soc.jsonl", lines("b"));

        assertThat(LogFiles.linesOf(file())).containsExactly("a", "b");
    }

    @Test
    void shouldCutOffAFirstLineThatIsUnfinished() throws Exception {
        folder.append("soc.jsonl", lines("a"));
        Files.writeString(file(), "x".repeat(70_000));

        folder.append("soc.jsonl", lines("b"));

        assertThat(LogFiles.linesOf(file())).containsExactly("b");
    }

    @Test
    void shouldWriteWhenTheThreadIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        folder.append("soc.jsonl", lines("a"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(LogFiles.linesOf(file())).containsExactly("a");
    }

    @Test
    void shouldRenameRemoveAndList() {
        assertThat(folder.files()).isEmpty();
        folder.append("soc.jsonl", lines("a"));
        folder.append("arc.jsonl", lines("a"));

        assertThat(folder.rename("soc.jsonl", "soc.again.jsonl")).isTrue();
        assertThat(folder.rename("soc.jsonl", "soc.other.jsonl")).isFalse();
        folder.append("soc.jsonl", lines("b"));
        assertThat(folder.files()).containsExactly("arc.jsonl", "soc.again.jsonl", "soc.jsonl");

        folder.remove("arc.jsonl");
        folder.remove("arc.jsonl");
        assertThat(folder.files()).containsExactly("soc.again.jsonl", "soc.jsonl");
        assertThat(folder.size("arc.jsonl")).isZero();
        assertThatThrownBy(() -> folder.open("arc.jsonl")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldFollowNoLink() throws Exception {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "mine\n");
        folder.append("soc.jsonl", lines("a"));
        Files.delete(file());
        Files.createSymbolicLink(file(), elsewhere);

        assertThatThrownBy(() -> folder.append("soc.jsonl", lines("b")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("soc.jsonl cannot be written");
        assertThat(elsewhere).hasContent("mine\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../soc", "a/b", "-a", "a b", "a\n", "ä"})
    void shouldRefuseWhatIsNoFileName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> folder.append(name, lines("a")));
        assertThatIllegalArgumentException().isThrownBy(() -> PrivateFolder.of(directory, name));
    }
}
