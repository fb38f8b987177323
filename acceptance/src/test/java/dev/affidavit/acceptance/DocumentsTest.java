package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.EventType;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.ParsedConfig;
import dev.affidavit.config.TrailConfigParser;
import dev.affidavit.spi.DestinationProvider;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documents say is true. */
final class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern OPTION_TABLE = Pattern.compile("^\\| option \\|.*\n(?:\\|.*\n)+", Pattern.MULTILINE);
    private static final Pattern OPTION_WITH_DEFAULT =
            Pattern.compile("^\\| `(\\w+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);

    /** Options that are refused without another. */
    private static final String ONLY_WITH_ACK = "(?m)^\\| `ack(Timeout|Interval)` .*\n";

    private static final String WITNESS_KEY = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private static final String SECRET = "affidavit.test.documents";

    @TempDir
    Path temporary;

    @Test
    void shouldCompileEveryJavaSnippet() throws IOException {
        List<String> errors = new ArrayList<>();
        for (Snippet snippet : Snippet.all()) {
            if (snippet.kind().equals("java")) {
                errors.addAll(compile(snippet.code()));
            }
        }

        assertThat(errors).isEmpty();
    }

    @Test
    void shouldShowPartsOfFilesAsTheyAre() throws IOException {
        List<Snippet> excerpts = Snippet.excerpts();
        List<Snippet> changed = new ArrayList<>();
        for (Snippet excerpt : excerpts) {
            if (!excerpt.isPartOf(Files.readString(Repository.ROOT.resolve(excerpt.kind())))) {
                changed.add(excerpt);
            }
        }

        assertThat(excerpts).hasSizeGreaterThanOrEqualTo(4);
        assertThat(changed).isEmpty();
    }

    @Test
    void shouldLinkToFilesThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : Snippet.documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document.getFileName() + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void shouldGiveTheDefaultsThatTheParserHas() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/configuration.md"));
        String ofTheAppender = page.substring(0, page.indexOf("## Forwarders"));
        ParsedConfig bare = parse(Map.of("name", "audit"));

        int checked = 0;
        Matcher row = OPTION_WITH_DEFAULT.matcher(ofTheAppender);
        while (row.find()) {
            ParsedConfig written = parse(Map.of("name", "audit", row.group(1), row.group(2)));
            assertThat(written).as(row.group(1)).isEqualTo(bare);
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(10);
        assertThat(bare.problems()).isEmpty();
    }

    @Test
    void shouldGiveTheDefaultsOfEveryForwarder() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/configuration.md"));
        String ofForwarders = page.substring(page.indexOf("## Forwarders"), page.indexOf("## Seals"));

        assertThat(requireDefaults(ofForwarders, Map.of("to", "syslog", "host", "siem.example.com")))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldGiveTheDefaultsOfASeal() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/configuration.md"));
        String ofSeals = page.substring(page.indexOf("## Seals"), page.indexOf("### Witnesses"));
        ParsedConfig bare = parseSeal(Map.of());

        int checked = 0;
        Matcher row = OPTION_WITH_DEFAULT.matcher(ofSeals);
        while (row.find()) {
            assertThat(parseSeal(Map.of(row.group(1), row.group(2))))
                    .as(row.group(1))
                    .isEqualTo(bare);
            checked++;
        }
        assertThat(checked).isEqualTo(4);
        assertThat(bare.problems()).isEmpty();
    }

    @Test
    void shouldGiveTheDefaultsOfAWitness() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/configuration.md"));
        String ofWitnesses = page.substring(page.indexOf("### Witnesses"), page.indexOf("## Listeners"));
        Map<String, String> least = Map.of("url", "https://w.example", "key", WITNESS_KEY);
        ParsedConfig bare = parseWitness(least);

        Matcher row = OPTION_WITH_DEFAULT.matcher(ofWitnesses);
        int checked = 0;
        while (row.find()) {
            Map<String, String> written = new LinkedHashMap<>(least);
            written.put(row.group(1), row.group(2));
            assertThat(parseWitness(written)).as(row.group(1)).isEqualTo(bare);
            checked++;
        }
        assertThat(checked).isEqualTo(1);
        assertThat(bare.problems()).isEmpty();
        assertThat(ofWitnesses).contains(WITNESS_KEY);
    }

    private static ParsedConfig parseWitness(Map<String, String> values) {
        ConfigNode witness = new ConfigNode("AuditWitness", values, List.of());
        return TrailConfigParser.parse(
                new ConfigNode(
                        "Audit",
                        Map.of("name", "audit"),
                        List.of(new ConfigNode("AuditSeal", Map.of("origin", "a"), List.of(witness)))),
                Map.of(),
                Map.of(),
                null);
    }

    private static ParsedConfig parseSeal(Map<String, String> values) {
        return TrailConfigParser.parse(
                new ConfigNode(
                        "Audit", Map.of("name", "audit"), List.of(new ConfigNode("AuditSeal", values, List.of()))),
                Map.of(),
                Map.of(),
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "syslog, 5, host, siem.example.com",
        "splunk-hec, 5, url, https://splunk.example.com:8088",
        "elasticsearch, 4, url, https://es.example.com:9200",
        "database, 5, url, jdbc:h2:file:./audit"
    })
    void shouldGiveTheDefaultsOfEachDestination(String destination, int options, String required, String value)
            throws IOException {
        System.setProperty(SECRET, "a-secret");
        String page = Files.readString(Repository.ROOT.resolve("docs/%s.md".formatted(destination)));
        Map<String, String> least = new LinkedHashMap<>(Map.of("to", destination, required, value));
        if (destination.equals("splunk-hec")) {
            least.put("token", "sys:" + SECRET);
        }

        assertThat(requireDefaults(page.replaceAll(ONLY_WITH_ACK, ""), least)).isGreaterThanOrEqualTo(options);
    }

    /** How many options with a default stand in the page; each of them must be what a forwarder has without it. */
    private static int requireDefaults(String page, Map<String, String> least) {
        ParsedConfig bare = parseForwarder(least);
        assertThat(bare.problems()).isEmpty();
        assertThat(bare.config().forwarders()).hasSize(1);
        int checked = 0;
        String tables =
                OPTION_TABLE.matcher(page).results().map(MatchResult::group).collect(Collectors.joining());
        Matcher row = OPTION_WITH_DEFAULT.matcher(tables);
        while (row.find()) {
            Map<String, String> written = new LinkedHashMap<>(least);
            written.put(row.group(1), row.group(2));
            assertThat(parseForwarder(written)).as(row.group(1)).isEqualTo(bare);
            checked++;
        }
        return checked;
    }

    private static ParsedConfig parseForwarder(Map<String, String> values) {
        Map<String, DestinationProvider> destinations = ServiceLoader.load(DestinationProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(DestinationProvider::name, Function.identity()));
        return TrailConfigParser.parse(
                new ConfigNode(
                        "Audit", Map.of("name", "audit"), List.of(new ConfigNode("AuditForwarder", values, List.of()))),
                destinations,
                Map.of(),
                null);
    }

    @Test
    void shouldListEveryEventType() throws Exception {
        String page = Files.readString(Repository.ROOT.resolve("docs/format.md"));

        for (Field constant : EventType.class.getFields()) {
            if (Modifier.isStatic(constant.getModifiers())) {
                EventType type = (EventType) constant.get(null);
                assertThat(page).contains("`" + type.name() + "`");
            }
        }
    }

    private static ParsedConfig parse(Map<String, String> values) {
        return TrailConfigParser.parse(
                new ConfigNode("Audit", new LinkedHashMap<>(values), List.of()), Map.of(), Map.of(), null);
    }

    private List<String> compile(String members) {
        String source = """
                import dev.affidavit.*;
                import dev.affidavit.micrometer.*;
                import io.micrometer.core.instrument.MeterRegistry;
                import java.net.*;
                import java.util.*;
                import org.slf4j.*;
                class Snippet {
                %s
                }
                """.formatted(members);
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", temporary.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(null, null, diagnostics, options, null, List.of(file)).call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null) + " in\n" + source)
                .toList();
    }
}
