package dev.affidavit.testkit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * What a provider of either kind must keep.
 *
 * @param <P> the provider
 * @param <F> the factory that it makes
 */
record ProviderRules<P, F>(
        Class<P> kind, P provider, Function<P, String> name, Function<Options, F> configure, Map<String, String> good) {

    void requireToBeFound() {
        assertThat(name.apply(provider)).matches("[a-z][a-z0-9-]*");
        assertThat(ServiceLoader.load(kind, provider.getClass().getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(found -> name.apply(found).equals(name.apply(provider))))
                .as("META-INF/services/%s names exactly one %s", kind.getName(), name.apply(provider))
                .hasExactlyElementsOfTypes(provider.getClass());
    }

    void requireToTakeGoodOptions() {
        assertThat(Configured.by(configure, good).problems()).isEmpty();
    }

    void requireEqualFactories() {
        F first = Configured.by(configure, good).factory();
        F second = Configured.by(configure, good).factory();

        assertThat(second)
                .as("after a reconfiguration that changes nothing")
                .isEqualTo(first)
                .hasSameHashCodeAs(first)
                .hasToString(first.toString());
    }

    /** @param secrets that must not be shown */
    void requireToShowNo(List<String> secrets) {
        F factory = Configured.by(configure, good).factory();

        assertThat(factory.toString()).isNotBlank();
        assertThat(factory.toString().lines()).hasSize(1);
        for (String secret : secrets) {
            assertThat(factory.toString()).doesNotContain(secret);
        }
    }

    void requireProblemsByPath() {
        Configured<F> bare = Configured.by(configure, Map.of());
        assertThat(bare.problems()).allMatch(problem -> problem.startsWith(Configured.PATH + "."));

        Map<String, String> unknown = new HashMap<>(good);
        unknown.put("no-such-option", "x");
        assertThat(Configured.by(configure, unknown).problems())
                .as("all else is good, and the provider asks for nothing it does not know")
                .singleElement()
                .asString()
                .startsWith(Configured.PATH + ".no-such-option: unknown option");
    }

    /** For those that cannot do without any. */
    void requireToAskForOptions() {
        assertThat(Configured.by(configure, Map.of()).problems())
                .as("without options: what is required and missing is a problem")
                .isNotEmpty();
    }

    /** No value, however odd, may make it throw. */
    void requireToBearOddValues() {
        for (String option : good.keySet()) {
            for (String odd : List.of(
                    "", " ", "\u0000", "-1", "99999999999", "[", "http://", "file:/no/such/file", "x".repeat(5000))) {
                Map<String, String> values = new HashMap<>(good);
                values.put(option, odd);
                assertThat(Configured.by(configure, values).problems())
                        .as("%s=%s", option, odd)
                        .allMatch(problem -> problem.startsWith(Configured.PATH + "."));
            }
        }
    }
}
