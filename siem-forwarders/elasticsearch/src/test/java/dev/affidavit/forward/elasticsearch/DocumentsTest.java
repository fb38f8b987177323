package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.extension.SampleLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentsTest {
    private static final String LOG_ID = SampleLines.LOG.logId();
    private static final Documents DOCUMENTS = new Documents(
            LOG_ID,
            new IndexName("audit-%{+yyyy.MM.dd}"),
            InstantSource.fixed(Instant.parse("2027-01-02T03:04:05.678901Z")));

    private static String source(Document document) {
        return StandardCharsets.UTF_8.decode(bytes(document)).toString();
    }

    private static java.nio.ByteBuffer bytes(Document document) {
        try {
            return document.source().asByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldPutTimeAndLogBeforeTheMembersOfAnEvent() {
        String event = SampleLog.event(7);

        Document document = DOCUMENTS.of(SampleLines.line(event));

        assertThat(source(document))
                .isEqualTo("{\"@timestamp\":\"2026-11-20T22:24:14.000007Z\",\"log_id\":\"" + LOG_ID + "\","
                        + event.substring(1));
        assertThat(document.index()).isEqualTo("audit-2026.11.20");
        assertThat(document.id()).matches(LOG_ID + "-evt_1795213454000000007_1795213454-[0-9a-f]{16}");
        assertThat(document.whole()).isTrue();
    }

    @Test
    void shouldGiveALineWithoutTimeThatOfItsDelivery() {
        Document document = DOCUMENTS.of(SampleLines.line("{}"));

        assertThat(source(document))
                .isEqualTo("{\"@timestamp\":\"2027-01-02T03:04:05.678Z\",\"log_id\":\"" + LOG_ID + "\"}");
        assertThat(document.index()).isEqualTo("audit-undated");
        assertThat(document.id()).matches(LOG_ID + "-[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "",
                "{",
                "[1,2]",
                "\"text\"",
                "eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} ",
                " {\"a\":1}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1,\"@timestamp\":\"2020-01-01T00:00:00Z\"}",
                "{\"log_id\":\"ffffffffffffffffffffffffffffffff\"}",
                "{\"lo\\u0067_id\":\"ffffffffffffffffffffffffffffffff\"}",
                "{\"line\":\"x\"}",
                "{\"line_base64\":\"eA==\"}"
            })
    void shouldKeepAsTextWhatCannotStandInADocument(String line) {
        Document document = DOCUMENTS.of(SampleLines.line(line));

        assertThat(document.whole()).isFalse();
        assertThat(source(document)).startsWith("{\"@timestamp\":\"2027-01-02T03:04:05.678Z\",\"log_id\":\"" + LOG_ID);
        assertThat(StoredLines.textsOf(List.of(source(document).getBytes(StandardCharsets.UTF_8))))
                .containsExactly(line);
    }

    @Test
    void shouldKeepWhatIsNoUtf8() {
        byte[] bytes = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

        Document document = DOCUMENTS.of(new ForwardedLine(bytes));

        assertThat(document.whole()).isFalse();
        assertThat(StoredLines.of(List.of(source(document).getBytes(StandardCharsets.UTF_8))))
                .containsExactly(bytes);
    }

    @Test
    void shouldLetALineThatIsKeptAsTextBeFoundByItsHead() {
        Document document = DOCUMENTS.wrapped(SampleLines.line(SampleLog.event(7)));

        assertThat(source(document))
                .startsWith("{\"@timestamp\":\"2026-11-20T22:24:14.000007Z\",\"log_id\":\"" + LOG_ID
                        + "\",\"id\":\"evt_1795213454000000007_1795213454\",\"timestamp\":\"2026-11-20T22:24:14.000007Z\","
                        + "\"event_type\":\"AUTH_FAILURE\",\"severity\":\"WARNING\",\"line\":\"{\\\"id\\\":");
        assertThat(document.index()).isEqualTo("audit-2026.11.20");
        assertThat(document.id())
                .isEqualTo(DOCUMENTS.of(SampleLines.line(SampleLog.event(7))).id());
    }

    @Test
    void shouldGiveTheSameLineTheSameIdAndAForgedOneAnother() {
        String event = SampleLog.event(7);

        assertThat(id(event)).isEqualTo(id(event));
        assertThat(id(event.replace("AUTH_FAILURE", "AUTH_SUCCESS"))).isNotEqualTo(id(event));
        assertThat(id(event.replace("evt_1795213454000000007_1795213454", "x".repeat(5000))))
                .hasSizeLessThanOrEqualTo(512);
        assertThat(new Documents("ff", new IndexName("a"), InstantSource.system())
                        .of(SampleLines.line(event))
                        .id())
                .startsWith("ff-");
    }

    private static String id(String line) {
        return DOCUMENTS.of(SampleLines.line(line)).id();
    }
}
