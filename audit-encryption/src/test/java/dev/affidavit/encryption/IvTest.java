package dev.affidavit.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("campaign")
final class IvTest {
    @Test
    void shouldNeverRepeatAnIvInTenMillionLines() throws Exception {
        Ivs ivs = new Ivs(10_000_000);
        ivs.addLines(10_000_000);

        assertThat(ivs.repeated()).isZero();
    }

    @Test
    void shouldNeverRepeatAnIvInAThousandStarts() throws Exception {
        Ivs ivs = new Ivs(1_000_000);
        ivs.addInstances(1_000, 1_000);

        assertThat(ivs.repeated()).isZero();
    }
}
