package dev.affidavit.testkit.extension;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.Options;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ProviderRulesTest {
    private static ProviderRules<String, String> rules(Function<Options, String> configure) {
        return new ProviderRules<>(String.class, "provider", Function.identity(), configure, Map.of("host", "h"));
    }

    @Test
    void shouldFailWhereNothingIsAskedFor() {
        assertThatCode(rules(options -> options.required("host"))::requireToAskForOptions)
                .doesNotThrowAnyException();
        assertThatThrownBy(rules(options -> options.text("host", ""))::requireToAskForOptions)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("without options");
    }
}
