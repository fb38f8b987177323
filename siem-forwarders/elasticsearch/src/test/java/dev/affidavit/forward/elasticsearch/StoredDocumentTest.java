package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.extension.SampleLines;
import dev.affidavit.testkit.hostile.HostileTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredDocumentTest {
    private static final Documents DOCUMENTS =
            new Documents(SampleLines.LOG.logId(), new IndexName("audit-%{+yyyy.MM.dd}"), InstantSource.system());

    private static byte[] source(Document document) throws IOException {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        document.source().writeTo(source);
        return source.toByteArray();
    }

    static Stream<ForwardedLine> lines() {
        List<ForwardedLine> lines = new ArrayList<>(SampleLines.events(0, 2));
        HostileTexts.all().stream().map(SampleLines::line).forEach(lines::add);
        Stream.of(
                        "{}",
                        "",
                        "{\"id\":\"evt_1\",\"a\":1.0e5,\"b\":\"\\u00e9 é \\/\"}",
                        "{ \"id\" : \"evt_1\" }",
                        "{\"a\":1,\"a\":2}",
                        "{\"line\":\"x\"}",
                        "{\"line_base64\":\"eA==\"}",
                        "{\"log_id\":\"x\"}",
                        "{\"a\":".repeat(1500) + "1" + "}".repeat(1500))
                .map(SampleLines::line)
                .forEach(lines::add);
        lines.add(new ForwardedLine(new byte[] {'{', (byte) 0xC3, '}'}));
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldGiveBackTheVeryLine(ForwardedLine line) throws IOException {
        assertThat(StoredDocument.of(source(DOCUMENTS.of(line))).line()).isEqualTo(line.json());
        assertThat(StoredDocument.of(source(DOCUMENTS.wrapped(line))).line()).isEqualTo(line.json());
    }

    @Test
    void shouldKnowTheIdOfADocument() throws IOException {
        ForwardedLine event = SampleLines.line(SampleLog.event(7));

        assertThat(StoredDocument.of(source(DOCUMENTS.of(event))).id()).isEqualTo(event.id());
        assertThat(StoredDocument.of(source(DOCUMENTS.wrapped(event))).id()).isEqualTo(event.id());
    }

    /** Written anew by somebody, so that its line is not to be had any more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"log_id\":\"0123456789abcdef0123456789abcdef\",\"id\":\"evt_1\"}",
                "{\"@timestamp\": \"2026-11-20\", \"log_id\": \"0123456789abcdef0123456789abcdef\", \"id\":\"evt_1\"}",
                "{\"id\":\"evt_1\",\"line\":7}"
            })
    void shouldGiveTheDocumentWhereThereIsNoLineInIt(String source) throws IOException {
        StoredDocument stored = StoredDocument.of(source.getBytes(StandardCharsets.UTF_8));

        assertThat(new String(stored.line(), StandardCharsets.UTF_8)).isEqualTo(source);
        assertThat(stored.id()).isEqualTo("evt_1");
    }
}
