package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {
    private static final Pattern FORM = Pattern.compile(
            "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z");

    private static final String CHARACTERS = "0123456789-:T.Zz +٣";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-19T02:54:27Z",
                "2026-01-19T02:54:27.1Z",
                "2026-01-19T02:54:27.000000Z",
                "0000-12-31T23:59:59.999999Z"
            })
    void shouldTakeWhatAllReceiversRead(String text) {
        assertThat(EventTime.isReadByAll(text)).isTrue();
    }

    @Test
    void shouldTakeWhatTheFormSaysAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(List.of("2026-01-19T02:54:27Z", "2026-12-30T23:59:58.123456Z")
                    .get(i % 2));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                int at = random.nextInt(text.length());
                char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.insert(at, character);
                    case 1 -> text.setLength(Math.max(1, random.nextInt(text.length() + 1)));
                    default -> text.setCharAt(at, character);
                }
            }
            boolean expected = FORM.matcher(text).matches();
            taken += expected ? 1 : 0;
            assertThat(EventTime.isReadByAll(text.toString()))
                    .as("seed %d, '%s'", seed, text)
                    .isEqualTo(expected);
        }
        assertThat(taken).isBetween(1_000, 99_000);
    }
}
