package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComparisonTest {
    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();

    /** Letters are lines; the log is {@code abc} and {@code def}. */
    private Comparison compare(String received) throws IOException {
        return Comparison.of(List.of(file("1", "abc"), file("2", "def")), file("received", received), lines::add);
    }

    private Path file(String name, String letters) throws IOException {
        return Files.write(directory.resolve(name), List.of(letters.split("")));
    }

    @Test
    void shouldFindAllInOrder() throws IOException {
        Comparison comparison = compare("abcdef");

        assertThat(comparison.lines()).isEqualTo(6);
        assertThat(comparison.repeats()).isZero();
        assertThat(lines).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void shouldCountWhatCameAgain() throws IOException {
        Comparison comparison = compare("abcbcdefef");

        assertThat(comparison.lines()).isEqualTo(6);
        assertThat(comparison.repeats()).isEqualTo(4);
        assertThat(comparison.timesGoneBack()).isEqualTo(2);
        assertThat(lines).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abdef", "abcde", "bcdef", "abdcef", "abcxef", "abcdefg", "abcbdef"})
    void shouldFindWhatIsMissingChangedOrOutOfOrder(String received) {
        assertThatThrownBy(() -> compare(received)).isInstanceOf(AssertionError.class);
    }
}
