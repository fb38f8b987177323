package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "52428800, 50.0 MiB",
        "1610612736, 1.5 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void shouldGiveBytesInTheLargestUnit(long bytes, String text) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59.9, 59 s",
        "60, 1 min 0 s",
        "3599, 59 min 59 s",
        "3600, 1 h 0 min",
        "86399, 23 h 59 min",
        "86400, 1 d 0 h",
        "259200, 3 d 0 h"
    })
    void shouldGiveTimesInTwoUnits(double seconds, String text) {
        assertThat(Quantity.seconds(seconds)).isEqualTo(text);
    }
}
