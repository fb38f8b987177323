package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @Test
    void shouldLetSingleOptionsOverrideQuick() throws Exception {
        Options options = Options.parse(List.of("--seconds", "0.25", "--threads", "8,64", "--quick"));

        assertThat(options.times()).isEqualTo(new Times(Duration.ofMillis(300), Duration.ofMillis(250)));
        assertThat(options.threads()).containsExactly(8, 64);
        assertThat(options.repetitions()).isEqualTo(1);
    }

    @Test
    void shouldSelectByParts() throws Exception {
        Options options = Options.parse(List.of("--threads", "1", "--only", "synced/bare,written/json"));

        assertThat(options.configurations())
                .extracting(Configuration::name)
                .containsExactly("written/json-template-fluent", "written/json-template-map", "synced/bare-write");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seconds",
                "--seconds 0",
                "--seconds x",
                "--seconds 99999",
                "--warm-up 0",
                "--repetitions 0",
                "--threads 1,,8",
                "--threads 1,x",
                "more"
            })
    void shouldRefuse(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")))).isInstanceOf(UsageException.class);
    }
}
