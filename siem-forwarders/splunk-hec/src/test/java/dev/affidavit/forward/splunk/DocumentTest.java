package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/splunk-hec.md says what is true. */
final class DocumentTest {
    private static final Pattern ACK_DEFAULT = Pattern.compile("^\\| `(ack\\w+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

    private final Problems problems = new Problems();

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "..", "docs", "splunk-hec.md"));
    }

    private Collector collector(Map<String, String> values) {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
        Map<String, String> given = new HashMap<>(values);
        given.put("token", "sys:" + FakeUnderTest.TOKEN_PROPERTY);
        given.putIfAbsent("url", "https://h:8088");
        Options options = new Options(new ConfigNode("AuditForwarder", given, List.of()), "", problems);
        Collector collector = ((HecFactory) new HecProvider().configure(options)).collector();
        options.text("to");
        options.text("name");
        options.rejectUnknown();
        assertThat(problems.all()).isEmpty();
        return collector;
    }

    /** The other defaults are looked at with those of every destination. */
    @Test
    void shouldGiveTheDefaultsThatCountWithAcknowledgement() throws IOException {
        int found = 0;
        for (Matcher row = ACK_DEFAULT.matcher(page()); row.find(); found++) {
            assertThat(collector(Map.of("ack", "true", row.group(1), row.group(2))))
                    .as(row.group(1))
                    .isEqualTo(collector(Map.of("ack", "true")));
        }
        assertThat(found).isEqualTo(2);
    }

    @Test
    void shouldNameEveryOption() throws IOException {
        int found = 0;
        for (Matcher row = OPTION.matcher(page()); row.find(); found++) {
            assertThat(row.group(1)).matches("\\w+");
        }
        Options options = new Options(
                new ConfigNode("AuditForwarder", Map.of("no-such-option", "x", "ack", "true"), List.of()),
                "",
                problems);
        new HecProvider().configure(options);
        options.rejectUnknown();
        String known = problems.all().stream()
                .filter(problem -> problem.contains("known are "))
                .findFirst()
                .orElseThrow();
        List<String> names = List.of(known.substring(known.indexOf("known are ") + "known are ".length())
                .split(", "));
        for (String name : names) {
            assertThat(page()).contains("| `" + name + "` |");
        }
        assertThat(names).hasSize(found);
    }

    @Test
    void shouldNameEveryFieldThatCanBeIndexed() throws IOException {
        for (String field : Metadata.FIELDS) {
            assertThat(page()).contains("`" + field + "`");
        }
    }
}
