package dev.affidavit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessElementsTest {
    private static final String KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    private static final String OTHER_KEY =
            "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv";

    private final Problems problems = new Problems();
    private final WitnessElements elements = new WitnessElements("AuditSeal", problems);

    private void read(Map<String, String> values) {
        elements.read(new ConfigNode("AuditWitness", values, List.of()));
    }

    @Test
    void shouldReadWitnesses() {
        read(Map.of("url", "https://witness.example.com/w1/", "key", KEY));
        read(Map.of("url", "http://127.0.0.1:8080", "key", OTHER_KEY, "timeout", "2s"));

        assertThat(problems.all()).isEmpty();
        assertThat(elements.all())
                .extracting(
                        config -> config.key().toString(),
                        WitnessConfig::name,
                        WitnessConfig::url,
                        WitnessConfig::timeout)
                .containsExactly(
                        tuple(
                                KEY,
                                "remora.n621.de",
                                URI.create("https://witness.example.com/w1"),
                                Duration.ofSeconds(10)),
                        tuple(
                                OTHER_KEY,
                                "witness.stagemole.eu",
                                URI.create("http://127.0.0.1:8080"),
                                Duration.ofSeconds(2)));
    }

    @Test
    void shouldSayAllThatIsWrongAtOnceByItsPath() {
        read(Map.of("url", "https://w.example", "key", KEY));
        read(Map.of("key", KEY, "url", "https://x.example", "timeout", "10ms", "colour", "red"));
        read(Map.of());

        assertThat(problems.all())
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("AuditSeal.AuditWitness[1].timeout: expected"),
                        problem -> assertThat(problem).startsWith("AuditSeal.AuditWitness[1].colour: unknown option"),
                        problem -> assertThat(problem)
                                .startsWith("AuditSeal.AuditWitness[1].key: expected another key")
                                .contains("remora.n621.de"),
                        problem -> assertThat(problem).startsWith("AuditSeal.AuditWitness[2].key: expected a value"),
                        problem -> assertThat(problem).startsWith("AuditSeal.AuditWitness[2].url: expected a value"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://witness.example.com",
                "ftp://witness.example.com",
                "witness.example.com",
                "https://user:secret@witness.example.com",
                "https://witness.example.com/?token=secret",
                "https://witness.example.com/#a",
                "https://",
                "not a url"
            })
    void shouldRefuseOtherAddresses(String url) {
        read(Map.of("url", url, "key", KEY));

        assertThat(problems.all()).singleElement().asString().startsWith("AuditSeal.AuditWitness[0].url: expected");
        assertThat(problems.all().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "remora.n621.de, name+id+key",
        "remora.n621.de+da77ade8+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2, may have been changed",
        "remora.n621.de+da77ade7+AOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2, 04 and 32 bytes"
    })
    void shouldRefuseOtherKeys(String key, String message) {
        read(Map.of("url", "https://w.example", "key", key));

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith("AuditSeal.AuditWitness[0].key: ")
                .contains(message, "operator");
    }
}
