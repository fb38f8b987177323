package dev.affidavit.testkit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfiguredTest {
    private static final String PROPERTY = "affidavit.configured.test";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void shouldKnowTheSecretsOfProperties() {
        System.setProperty(PROPERTY, "s3cr3t");

        assertThat(Configured.secretsOf(Map.of("host", "127.0.0.1", "token", "sys:" + PROPERTY)))
                .containsExactly("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:TOKEN", "file:/run/secrets/token", "sys:" + PROPERTY})
    void shouldFailOnSecretsThatItDoesNotKnow(String reference) {
        assertThatThrownBy(() -> Configured.secretsOf(Map.of("token", reference)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("token")
                .hasMessageContaining(reference);
    }
}
