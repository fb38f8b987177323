package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.json.EventLine;
import dev.affidavit.json.IdSequence;
import dev.affidavit.json.Origin;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/format.md says of limits and marks is what the encoder does. */
final class MarksTest {
    private static final Instant NOW = Instant.parse("2026-01-19T02:54:27.123456789Z");
    private static final Pattern ROW = Pattern.compile("^\\| (`.*`[^|]*) \\| .* \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final String PAGE = page();

    private static String page() {
        try {
            String page = Files.readString(Repository.ROOT.resolve("docs/format.md"));
            return page.substring(page.indexOf("**Limits.**"), page.indexOf("## Event types"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldWriteEveryMarkThatIsShown() {
        String written = String.join("", examples());

        Matcher row = ROW.matcher(PAGE);
        List<String> marks = new ArrayList<>();
        while (row.find()) {
            Matcher code = CODE.matcher(row.group(1));
            while (code.find()) {
                marks.add(code.group(1));
            }
        }
        marks.remove("details.timestamp"); // a place, not a text

        assertThat(marks).hasSize(9).allSatisfy(mark -> assertThat(written).contains(mark));
        assertThat(line("at", null, Instant.MAX)).contains("\"timestamp\":\"+1000000000-12-31T23:59:59.999999999Z\"");
    }

    private static List<String> examples() {
        IdentityHashMap<String, Object> twice = new IdentityHashMap<>();
        twice.put("key", 1);
        twice.put(String.copyValueOf(new char[] {'k', 'e', 'y'}), 2);
        return List.of(
                line("text", "x".repeat(2_000_000)),
                line("k".repeat(1500), 1),
                line("number", BigInteger.TEN.pow(1_000_000)),
                line("list", Collections.nCopies(5000, 1)),
                line("map", numbered(5000)),
                line("deep", lists(17)),
                line("itself", new Itself()),
                line("failing", new Failing()),
                line("twice", twice));
    }

    @Test
    void shouldCutBehindTheLimitsThatAreSaid() {
        requireLimit("a key has at most ([\\d,]+) characters", length -> line("k".repeat(length), 1));
        requireLimit("a map or list at most ([\\d,]+) entries", size -> line("v", Collections.nCopies(size, 1)));
        requireLimit("a map or list at most ([\\d,]+) entries", size -> line("v", numbered(size)));
        requireLimit("a number at\\s+most ([\\d,]+) bits", bits -> line("v", BigInteger.TWO.pow(bits - 1)));
        // The details themselves are the first.
        requireLimit("maps and lists are at most ([\\d,]+) deep", depth -> line("v", lists(depth - 1)));
    }

    private static void requireLimit(String sentence, IntFunction<String> line) {
        Matcher said = Pattern.compile(sentence).matcher(PAGE);
        assertThat(said.find()).as(sentence).isTrue();
        int limit = Integer.parseInt(said.group(1).replace(",", ""));

        assertThat(line.apply(limit)).as("%s, as many", sentence).doesNotContain("[cut");
        assertThat(line.apply(limit + 1)).as("%s, one more", sentence).contains("[cut");
    }

    @Test
    void shouldNarrowALineAsIsSaid() {
        assertThat(line("v", "x".repeat(300_000))).doesNotContain("[cut");
        assertThat(line("v", "x".repeat(1_048_576))).contains("\"" + "x".repeat(1_048_576 / 4) + "…[cut, 1048576 ");
        List<String> texts = Collections.nCopies(1000, "x".repeat(2000));
        assertThat(line("v", texts))
                .contains("\"" + "x".repeat(512) + "…[cut, 2000 ")
                .contains("[cut, 1000 elements]");
        assertThat(PAGE.replace('\n', ' '))
                .contains("texts are cut to a quarter", "then texts, entries and depth are halved");
    }

    private static Map<String, Integer> numbered(int size) {
        return IntStream.range(0, size).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));
    }

    private static Object lists(int depth) {
        Object value = "bottom";
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static String line(String key, @Nullable Object value) {
        return line(key, value, NOW);
    }

    private static String line(String key, @Nullable Object value, Instant timestamp) {
        EventLine line = new EventLine();
        AuditEvent event = AuditEvent.builder(EventType.AUTH_SUCCESS)
                .timestamp(timestamp)
                .detail(key, value)
                .build();
        line.write(event, new Origin("", ""), NOW, IdSequence.beginning());
        line.settle();
        assertThat(line.length()).isLessThanOrEqualTo(1 << 20);
        return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
    }

    private static final class Failing {
        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }

    /** Its text is an event that holds it. */
    private static final class Itself {
        @Override
        public String toString() {
            return line("itself", this);
        }
    }
}
