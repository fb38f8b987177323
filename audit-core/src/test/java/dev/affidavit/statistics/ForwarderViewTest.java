package dev.affidavit.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderStatistics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForwarderViewTest {
    private static ForwarderView view(long lagBytes, @Nullable Duration lag) {
        return new ForwarderView(new ForwarderStatistics(
                "soc", "siem", ForwarderState.RETRYING, Instant.EPOCH, false, 0, 0, 0, 0, lagBytes, lag, null));
    }

    @ParameterizedTest
    @CsvSource({"0, , 0", "4096, PT3.25S, 3.25", "-1, PT3.25S, 3.25", "4096, , -1", "-1, , -1"})
    void shouldNotShowALagThatIsNotKnownAsNone(long lagBytes, @Nullable Duration lag, double seconds) {
        assertThat(view(lagBytes, lag).getLagSeconds()).isEqualTo(seconds);
    }
}
