package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EventTextTest {
    private static final String LINE = """
            {"timestamp":"2026-01-19T02:54:27.123456Z","event_type":"AUTH_FAILURE","severity":"WARNING",\
            "username":"%s","description":"bad password"}""";

    @Test
    void shouldShowTimeSeverityTypeUserAndDescription() {
        assertThat(EventText.of(LINE.formatted("bob")))
                .matches("02:54:27.123 +WARNING +AUTH_FAILURE +bob +bad password");
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminal() {
        assertThat(EventText.of(LINE.formatted("\\u001b[2J\\r\\n\\u009b\\u202e")))
                .contains("?[2J????");
    }
}
