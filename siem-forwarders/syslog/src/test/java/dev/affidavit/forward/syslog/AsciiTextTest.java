package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AsciiTextTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 99, 100, 12_345, 999_999_999, Integer.MAX_VALUE})
    void shouldWriteNumbers(int number) {
        assertThat(new AsciiText(0).add('#').add(number).add(';').toBytes())
                .asString()
                .isEqualTo("#" + number + ";");
    }

    @Test
    void shouldGrow() {
        AsciiText text = new AsciiText(1);

        for (int i = 0; i < 100; i++) {
            text.add("ab cé~\u007f😀", '!', 7).add(AsciiText.of("-x-"));
        }

        assertThat(text.toBytes()).asString().isEqualTo("ab_c_~_-x-".repeat(100));
    }
}
