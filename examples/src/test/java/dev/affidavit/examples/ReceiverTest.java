package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReceiverTest {
    @Test
    void shouldSayThatItIsNotRsyslogAndWhy() {
        try (Receiver receiver = Receiver.embedded("rsyslogd is not installed")) {
            assertThat(receiver).hasToString("the embedded receiver (rsyslogd is not installed)");
            assertThat(receiver.port()).isPositive();
            assertThat(receiver.messages()).isEmpty();
        }
    }
}
