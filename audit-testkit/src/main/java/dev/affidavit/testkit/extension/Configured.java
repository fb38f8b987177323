package dev.affidavit.testkit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a provider made of options.
 *
 * @param problems what it said is wrong with them, unknown ones included
 */
public record Configured<F>(F factory, List<String> problems) {
    /** How messages name the element; such as no provider would make up. */
    static final String PATH = "Element[name]";

    private static final String SYSTEM_PROPERTY = "sys:";

    public Configured {
        problems = List.copyOf(problems);
    }

    static <F> Configured<F> by(Function<Options, F> provider, Map<String, String> values) {
        return by(provider, PATH, values);
    }

    /**
     * Lets a provider read these options and no others.
     *
     * @param path how problems name the element, such as {@code AuditForwarder}
     */
    public static <F> Configured<F> by(Function<Options, F> provider, String path, Map<String, String> values) {
        Problems problems = new Problems();
        Options options = new Options(new ConfigNode("Element", values, List.of()), path, problems);
        F factory = provider.apply(options);
        options.rejectUnknown();
        return new Configured<>(factory, problems.all());
    }

    /**
     * The factory.
     *
     * @throws IllegalArgumentException if there are problems, with all of them
     */
    public F requireGood() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return factory;
    }

    /**
     * The secrets to which these options refer as {@code sys:NAME}.
     *
     * @throws AssertionError if one refers to a secret in another way, or to a property that is not set: a contract cannot
     *     look for what it does not know
     */
    static List<String> secretsOf(Map<String, String> values) {
        List<String> secrets = new ArrayList<>();
        values.forEach((option, value) -> {
            assertThat(value)
                    .as("%s: a contract needs secrets as %sNAME", option, SYSTEM_PROPERTY)
                    .doesNotStartWith("env:")
                    .doesNotStartWith("file:");
            if (value.startsWith(SYSTEM_PROPERTY)) {
                String secret = System.getProperty(value.substring(SYSTEM_PROPERTY.length()));
                assertThat(secret)
                        .as("%s: the system property of %s", option, value)
                        .isNotBlank();
                secrets.add(secret);
            }
        });
        return secrets;
    }
}
