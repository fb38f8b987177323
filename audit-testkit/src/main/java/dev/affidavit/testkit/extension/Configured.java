package dev.affidavit.testkit.extension;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a provider made of options.
 *
 * @param problems what it said is wrong with them, unknown ones included
 */
record Configured<F>(F factory, List<String> problems) {
    /** How messages name the element. */
    static final String PATH = "Element[name]";

    private static final String SYSTEM_PROPERTY = "sys:";

    static <F> Configured<F> by(Function<Options, F> provider, Map<String, String> values) {
        Problems problems = new Problems();
        Options options = new Options(new ConfigNode("Element", values, List.of()), PATH, problems);
        F factory = provider.apply(options);
        options.rejectUnknown();
        return new Configured<>(factory, List.copyOf(problems.all()));
    }

    /** The secrets to which these options refer as {@code sys:NAME}. */
    static List<String> secretsOf(Map<String, String> values) {
        return values.values().stream()
                .filter(value -> value.startsWith(SYSTEM_PROPERTY))
                .map(value -> System.getProperty(value.substring(SYSTEM_PROPERTY.length())))
                .filter(Objects::nonNull)
                .toList();
    }
}
