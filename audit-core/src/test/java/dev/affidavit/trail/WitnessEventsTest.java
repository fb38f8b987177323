package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WitnessEventsTest {
    private final List<AuditEvent> recorded = new ArrayList<>();
    private final StateEvents events = new StateEvents(recorded::add);

    private AuditEvent recorded(WitnessState from, WitnessState to) {
        recorded.clear();
        events.changed(new WitnessChange("witness.example.com/w1", "https://w.example", from, to, "so it is"));
        assertThat(recorded).hasSize(1);
        return recorded.get(0);
    }

    @Test
    void shouldCallItTamperingIfAWitnessSawAnotherLog() {
        AuditEvent event = recorded(WitnessState.COSIGNING, WitnessState.DISAGREES);

        assertThat(event.type()).isEqualTo(EventType.AUDIT_LOG_TAMPER);
        assertThat(event.effectiveSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.success()).isFalse();
        assertThat(event.details())
                .containsEntry("witness", "witness.example.com/w1")
                .containsEntry("problem", "so it is");
    }

    @Test
    void shouldSayHowAWitnessFares() {
        AuditEvent worse = recorded(WitnessState.COSIGNING, WitnessState.REFUSED);
        AuditEvent better = recorded(WitnessState.REFUSED, WitnessState.COSIGNING);

        assertThat(worse.type()).isEqualTo(EventType.AUDIT_WITNESS_STATE);
        assertThat(worse.effectiveSeverity()).isEqualTo(Severity.WARNING);
        assertThat(worse.success()).isFalse();
        assertThat(worse.details()).containsEntry("reason", "so it is").containsKeys("url", "from", "to");
        assertThat(better.success()).isTrue();
    }

    @Test
    void shouldSayNothingBehindTheEndOfTheLog() {
        events.end();

        events.changed(new WitnessChange("w", "u", WitnessState.COSIGNING, WitnessState.RETRYING, "so it is"));

        assertThat(recorded).isEmpty();
    }
}
