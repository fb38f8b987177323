package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutageTest {
    private final IOException broken = new IOException("a: broken");
    private final IOException refused = new MisconfiguredDestinationException("b: refused");
    private final IOException busy = new DestinationBusyException("c: busy", Duration.ofSeconds(60));
    private final IOException busier = new DestinationBusyException("d: busy", Duration.ofSeconds(90));

    @Test
    void shouldBeTheFailureWhereThereIsOneAlone() {
        for (IOException failure : List.of(broken, refused, busy)) {
            assertThat(Outage.of(List.of(failure))).isSameAs(failure);
        }
    }

    @Test
    void shouldTellOfAll() {
        assertThat(Outage.of(List.of(broken, refused, busy))).hasMessage("a: broken; b: refused; c: busy");
    }

    @Test
    void shouldSoonBeTriedAgainWhereOneIsOnlyBroken() {
        assertThat(Outage.of(List.of(refused, broken, busy))).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void shouldWaitForAPersonWhereAllRefuse() {
        assertThat(Outage.of(List.of(refused, refused))).isInstanceOf(MisconfiguredDestinationException.class);
    }

    @Test
    void shouldWaitForTheFirstThatIsNotBusyAnyMore() {
        assertThat(Outage.of(List.of(busier, refused, busy)))
                .isInstanceOfSatisfying(
                        DestinationBusyException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(60)));
    }
}
