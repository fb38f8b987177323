package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read back from a real server. */
@Timeout(300)
@Tag("receivers")
final class StoredDocumentsTest {
    /** More than two pages. */
    private static final int MANY = 2500;

    private String index;

    @BeforeEach
    void nameIndex() {
        index = TestServer.newIndex();
    }

    private static void deliver(Map<String, String> options, List<ForwardedLine> lines) throws IOException {
        try (Destination destination = Destinations.open(options)) {
            for (List<ForwardedLine> left = lines; !left.isEmpty(); ) {
                int some = Math.min(left.size(), 1000);
                left = left.subList(destination.deliver(left.subList(0, some)).settled(), left.size());
            }
        }
        refresh();
    }

    private static void refresh() {
        TestServer.shared().rest().ask("POST", "/_refresh", "");
    }

    private static List<String> read(Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(options);
        all.put("url", TestServer.shared().url());
        List<String> read = new ArrayList<>();
        ((StoredLines) Destinations.factory(all))
                .read(SampleLines.LOG.logId(), (line, id) -> read.add(new String(line, StandardCharsets.ISO_8859_1)));
        return read;
    }

    private static List<String> texts(List<ForwardedLine> lines) {
        return lines.stream()
                .map(line -> new String(line.json(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Test
    void shouldGiveBackAllLinesOfOneLogFromAllItsIndices() throws IOException {
        Map<String, String> options = Map.of("index", index + "-%{+yyyy.MM.dd}", "installTemplate", "true");
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.events(0, MANY));
        lines.add(SampleLines.line(SampleLog.event(MANY).replace("2026-11-20T", "2026-11-21T")));
        lines.add(SampleLines.line("no event"));
        lines.add(new ForwardedLine(new byte[] {'{', (byte) 0xC3, '}'}));
        lines.add(SampleLines.line("{\"id\":\"evt_1\",\"details\":{\"a\":1.0e5,\"b\":\"\\u00e9 é \\/\"}}"));
        deliver(options, lines);
        Map<String, String> all = new HashMap<>(options);
        all.put("url", TestServer.shared().url());
        try (Destination other = Destinations.factory(all).open(new LogIdentity("f".repeat(32), "", "h"))) {
            other.deliver(SampleLines.events(0, 1));
        }
        refresh();

        assertThat(read(options)).containsExactlyInAnyOrderElementsOf(texts(lines));
    }

    /** Where types were guessed, the id of the log is a text. */
    @Test
    void shouldReadWhereNoTemplateIs() throws IOException {
        Map<String, String> options = Map.of("index", index);
        deliver(options, SampleLines.events(0, 10));

        assertThat(read(options)).containsExactlyInAnyOrderElementsOf(texts(SampleLines.events(0, 10)));
    }

    @Test
    void shouldAskForLessWhereDocumentsAreLarge() throws IOException {
        Map<String, String> options = Map.of("index", index);
        List<ForwardedLine> lines = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            lines.add(SampleLines.line("{\"id\":\"evt_%d\",\"line\":\"%s\"}".formatted(i, "x".repeat(1_000_000))));
        }
        try (Destination destination = Destinations.open(options)) {
            for (ForwardedLine line : lines) {
                assertThat(destination.deliver(List.of(line)).settled()).isOne();
            }
        }
        refresh();

        assertThat(read(options)).hasSize(120);
    }

    @Test
    void shouldSayThatThereIsNoSuchIndex() {
        assertThatThrownBy(() -> read(Map.of("index", index)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContainingAll(index, "Look at index");
    }

    @Test
    void shouldFindNothingWhereNoIndexFits() throws IOException {
        assertThat(read(Map.of("index", index + "-%{+yyyy}"))).isEmpty();
    }
}
