package dev.affidavit.forward.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Problems problems = new Problems();

    private ConfigNode read(String text) throws IOException {
        return YamlFile.read(Files.writeString(directory.resolve("agent.yaml"), text), problems);
    }

    @Test
    void shouldReadValuesAsTheyAreWritten() throws IOException {
        ConfigNode node = read("""
                # a comment
                directory: /var/log/security
                from: 2026-01-31
                number: 0x10
                time: 12:30:00
                flag: yes
                quoted: "a # b: \\u00e9"
                empty: ''
                text: 'null'
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(node.values())
                .isEqualTo(Map.of(
                        "directory", "/var/log/security",
                        "from", "2026-01-31",
                        "number", "0x10",
                        "time", "12:30:00",
                        "flag", "yes",
                        "quoted", "a # b: é",
                        "empty", "",
                        "text", "null"));
    }

    @Test
    void shouldReadListsAndSingleGroupsAlike() throws IOException {
        ConfigNode list = read("forwarders:\n- to: syslog\n- {to: syslog, name: b}\n");
        ConfigNode single = read("forwarders:\n  to: syslog\n");

        assertThat(problems.all()).isEmpty();
        assertThat(list.children())
                .containsExactly(
                        new ConfigNode("forwarders", Map.of("to", "syslog"), List.of()),
                        new ConfigNode("forwarders", Map.of("to", "syslog", "name", "b"), List.of()));
        assertThat(single.children()).containsExactly(new ConfigNode("forwarders", Map.of("to", "syslog"), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a: &x 1`                | a: expected a value, found an anchor or an alias; write the value itself, line 1",
                "`a: !!str b`             | a: expected a value, found a tag; write the value alone, in quotes if it begins with '!', line 1",
                "`a: !secret`             | a: expected a value, found a tag; write the value alone, in quotes if it begins with '!', line 1",
                "`a:`                     | a: expected a value, found none, line 1",
                "`a: ~`                   | a: expected a value, found none, line 1",
                "`{a: 1, a: 2}`           | a: stands there twice; leave one, line 1",
                "`b: {a: 1, a: [2, {}]}`  | b.a: stands there twice; leave one, line 1",
                "`b: [{}, {a: ~}]`        | b[1].a: expected a value, found none, line 1",
                "`b: [{}, c]`             | b[1]: expected 'name: value' lines, line 1",
                "`b: [[c]]`               | b[0]: expected 'name: value' lines, line 1",
                "`? [a, b]\n: c`          | the file: expected a name before ':', line 1",
                "`- a`                    | the file: expected 'name: value' lines, line 1",
                "`text`                   | the file: expected 'name: value' lines, line 1",
                "`# nothing`              | the file: expected 'name: value' lines, found nothing",
                "`a: 1\n---\nb: 2`        | the file: expected one document, found a second, line 2"
            })
    void shouldRefuseWhatIsNoConfiguration(String text, String problem) throws IOException {
        read(text);

        assertThat(problems.all()).containsExactly(problem);
    }

    @Test
    void shouldFindAllProblemsAtOnce() throws IOException {
        ConfigNode node = read("a: &x 1\nb: *x\nc:\nd: good\n");

        assertThat(problems.all()).hasSize(3);
        assertThat(node.values()).isEqualTo(Map.of("d", "good"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 'hunter2",
                "a: hunter2: b",
                "\thunter2: b",
                "a: @hunter2",
                "a: \"\\x hunter2\"",
                "a: %\n%hunter2"
            })
    void shouldSayWhereAFileIsNoYamlAndShowNothingOfIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("(?s)\\Q" + directory.resolve("agent.yaml")
                        + "\\E: line \\d+, column \\d+: this is no YAML: .*")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldRefuseBytesThatAreNoText() throws IOException {
        Path file = Files.write(directory.resolve("agent.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff, 'b'});

        assertThatThrownBy(() -> YamlFile.read(file, problems))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("agent.yaml");
    }

    @Test
    void shouldRefuseADeepFileWithoutReachingTheEndOfTheStack() {
        assertThatThrownBy(() -> read("a: " + "[".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested deeper than 16");
        assertThatThrownBy(() -> read("a: " + "{b: ".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested deeper than 16");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() throws IOException {
        Path large = Files.write(directory.resolve("large"), new byte[1024 * 1024 + 1]);

        assertThatThrownBy(() -> YamlFile.read(directory.resolve("none"), problems))
                .hasMessage(directory.resolve("none") + ": there is no such file");
        assertThatThrownBy(() -> YamlFile.read(directory, problems))
                .hasMessage(directory + ": expected a file, found something else");
        assertThatThrownBy(() -> YamlFile.read(large, problems)).hasMessage(large + ": larger than 1048576 bytes");
    }
}
