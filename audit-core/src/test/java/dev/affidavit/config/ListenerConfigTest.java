package dev.affidavit.config;

import static dev.affidavit.config.Configs.auditTo;
import static dev.affidavit.config.Configs.forwarder;
import static dev.affidavit.config.Configs.good;
import static dev.affidavit.config.Configs.listener;
import static dev.affidavit.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ListenerConfigTest {
    @Test
    void shouldLetTheProviderReadTheOptions() {
        TrailConfig config = good(auditTo(
                listener("provider", "ear", "name", "alerts", "side", "left"),
                forwarder("to", "pigeon", "loft", "north"),
                listener("provider", "ear", "side", "right")));

        assertThat(config.listeners())
                .containsExactly(
                        new ListenerConfig("alerts", new Configs.Side("left")),
                        new ListenerConfig("ear", new Configs.Side("right")));
        assertThat(config.forwarders()).hasSize(1);
    }

    @Test
    void shouldLetAForwarderAndAListenerHaveOneName() {
        assertThat(problems(auditTo(
                        listener("provider", "ear", "name", "soc", "side", "left"),
                        forwarder("to", "pigeon", "name", "soc", "loft", "north"))))
                .isEmpty();
    }

    @Test
    void shouldNotKeepFilesForAListener() {
        assertThat(good(auditTo(listener("provider", "ear", "side", "left")))
                        .log()
                        .retention()
                        .pinnedBy())
                .isEmpty();
    }

    @Test
    void shouldNameEveryProblemByItsPath() {
        assertThat(problems(auditTo(
                        listener("side", "left"),
                        listener("provider", "eye"),
                        listener("provider", "ear", "name", "alerts", "sides", "both"),
                        listener("provider", "ear", "name", "alerts", "side", "left"),
                        listener("provider", "ear", "name", "a b", "side", "left"))))
                .containsExactly(
                        "AuditListener[0].provider: expected a value, found none",
                        "AuditListener[eye].provider: no listener provider 'eye'; known are ear;"
                                + " is the jar that brings it on the class path?",
                        "AuditListener[alerts].side: expected a value, found none",
                        "AuditListener[alerts].sides: unknown option; did you mean side?",
                        "AuditListener[alerts].name: a listener above has this name too; give each its own",
                        "AuditListener[a b].name: expected letters, digits, '_' and '-', at most 64, found 'a b'");
    }

    @Test
    void shouldSayThatThereIsNoProvider() {
        assertThat(TrailConfigParser.parse(auditTo(listener("provider", "ear")), Map.of(), Map.of(), null)
                        .problems())
                .containsExactly("AuditListener[ear].provider: no listener provider 'ear';"
                        + " there is none on the class path; is the jar that brings it on the class path?");
    }
}
