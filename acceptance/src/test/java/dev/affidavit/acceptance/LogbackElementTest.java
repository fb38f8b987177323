package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.logback.AuditForwarder;
import dev.affidavit.spi.DestinationProvider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logback takes every option of the product's destinations as an element, as Log4j takes it as an attribute. */
final class LogbackElementTest {
    private static final String UNKNOWN = "nobodysOption";
    private static final String KNOWN = "known are ";

    @ParameterizedTest
    @MethodSource
    void shouldHaveAnElementForEachOption(String destination, Map<String, String> options) {
        Set<String> known = known(destination, options);
        Set<String> elements = Arrays.stream(AuditForwarder.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).hasSizeGreaterThan(5);
        assertThat(elements).containsAll(known);
    }

    static List<Object[]> shouldHaveAnElementForEachOption() {
        return List.of(
                new Object[] {"syslog", Map.of("transport", "tcp")},
                new Object[] {"syslog", Map.of("transport", "relp-tls")},
                new Object[] {"splunk-hec", Map.of("url", "https://splunk.example.com", "ack", "true")},
                new Object[] {"elasticsearch", Map.of("url", "https://es.example.com")},
                new Object[] {"database", Map.of("url", "jdbc:postgresql://db.example.com/audit")});
    }

    /** What an unknown option is answered with. */
    private static Set<String> known(String destination, Map<String, String> values) {
        Map<String, String> all = new java.util.HashMap<>(values);
        all.put(UNKNOWN, "x");
        Problems problems = new Problems();
        Options options = new Options(new ConfigNode("AuditForwarder", all, List.of()), "", problems);
        ServiceLoader.load(DestinationProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(destination))
                .forEach(provider -> provider.configure(options));
        options.rejectUnknown();
        String problem = problems.all().stream()
                .filter(text -> text.startsWith(UNKNOWN))
                .findFirst()
                .orElseThrow();
        return Set.of(problem.substring(problem.indexOf(KNOWN) + KNOWN.length()).split(", ", -1));
    }
}
