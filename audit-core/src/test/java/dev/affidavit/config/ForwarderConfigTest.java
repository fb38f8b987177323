package dev.affidavit.config;

import static dev.affidavit.config.Configs.auditTo;
import static dev.affidavit.config.Configs.element;
import static dev.affidavit.config.Configs.forwarder;
import static dev.affidavit.config.Configs.good;
import static dev.affidavit.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.BatchLimits;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwarderConfigTest {
    @Test
    void shouldLetTheDestinationReadItsOptions() {
        TrailConfig config = good(auditTo(
                forwarder("to", "pigeon", "name", "soc", "loft", "north", "port", "9"),
                forwarder("loft", "south", "to", "pigeon")));

        assertThat(config.forwarders())
                .containsExactly(
                        ForwarderConfig.of("soc", new Configs.Loft("north", 9, "")),
                        ForwarderConfig.of("pigeon", new Configs.Loft("south", 7, "")));
    }

    @Test
    void shouldReadHowMuchIsDeliveredAtOnceForAnyDestination() {
        TrailConfig config = good(auditTo(
                forwarder("to", "pigeon", "name", "soc", "loft", "north"),
                forwarder(
                        "to", "pigeon", "loft", "north", "batchEvents", "5", "batchSize", "2KB", "batchDelay", "1s")));

        assertThat(config.forwarders())
                .extracting(ForwarderConfig::batch)
                .containsExactly(BatchLimits.DEFAULT, new BatchLimits(5, 2048, Duration.ofSeconds(1)));
    }

    @Test
    void shouldRefuseBatchesBeyondTheirLimits() {
        assertThat(problems(auditTo(forwarder(
                        "to",
                        "pigeon",
                        "loft",
                        "north",
                        "batchEvents",
                        "100001",
                        "batchSize",
                        "65MB",
                        "batchDelay",
                        "61m"))))
                .containsExactly(
                        "AuditForwarder[pigeon].batchEvents: expected a whole number from 1 to 100000, found '100001'",
                        "AuditForwarder[pigeon].batchSize: expected a size such as 16KB, 50MB or 1GB, from 1B to"
                                + " 67108864B, found '65MB'",
                        "AuditForwarder[pigeon].batchDelay: expected a duration such as 250ms, 5s, 10m, 1h or 90d,"
                                + " from 0ms to 60m, found '61m'");
    }

    @Test
    void shouldKeepWhatAForwarderHasNotDelivered() {
        TrailConfig config = good(auditTo(forwarder("to", "pigeon", "name", "soc", "loft", "north")));

        assertThat(config.log().retention().pinnedBy()).containsExactly("soc");
    }

    @Test
    void shouldKeepWhatAForwarderOfAnotherProcessHasNotDelivered() {
        ConfigNode one = forwarder("to", "pigeon", "name", "soc", "loft", "north");

        assertThat(good(new ConfigNode("Audit", Map.of("name", "audit", "externalForwarders", "es, hec"), List.of(one)))
                        .log()
                        .retention()
                        .pinnedBy())
                .containsExactlyInAnyOrder("soc", "es", "hec");
        assertThat(problems(
                        new ConfigNode("Audit", Map.of("name", "audit", "externalForwarders", "soc"), List.of(one))))
                .containsExactly("externalForwarders: 'soc' is the name of a forwarder here; give the one of the other"
                        + " process its own");
    }

    @Test
    void shouldRefuseTwoOfOneName() {
        assertThat(problems(auditTo(
                        forwarder("to", "pigeon", "loft", "north"), forwarder("to", "pigeon", "loft", "south"))))
                .containsExactly("AuditForwarder[pigeon].name: a forwarder above has this name too; give each its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "../x", "-soc", "söc", "a.b", "a\n"})
    void shouldRefuseANameThatCannotNameACursor(String name) {
        assertThat(problems(auditTo(forwarder("to", "pigeon", "name", name, "loft", "north"))))
                .containsExactly(
                        "AuditForwarder[%s].name: expected letters, digits, '_' and '-', at most 64, found '%s'"
                                .formatted(name, name));
    }

    @Test
    void shouldRefuseOneWithoutADestination() {
        assertThat(problems(auditTo(forwarder("loft", "north"))))
                .containsExactly("AuditForwarder[0].to: expected a value, found none");
    }

    @Test
    void shouldRefuseADestinationThatIsNotThere() {
        assertThat(problems(auditTo(forwarder("to", "carrier"))))
                .containsExactly("AuditForwarder[carrier].to: no destination 'carrier'; known are pigeon;"
                        + " is affidavit-forwarder-carrier on the class path?");
        assertThat(TrailConfigParser.parse(auditTo(forwarder("to", "syslog")), Map.of(), Map.of(), null)
                        .problems())
                .containsExactly("AuditForwarder[syslog].to: no destination 'syslog'; there is none on the class path;"
                        + " is affidavit-forwarder-syslog on the class path?");
    }

    @Test
    void shouldRefuseOptionsThatTheDestinationDoesNotKnow() {
        assertThat(problems(auditTo(forwarder(
                        "to", "pigeon", "loft", "north", "prt", "5", "lotf", "x", "nmae", "x", "wings", "2"))))
                .containsExactly(
                        "AuditForwarder[pigeon].prt: unknown option; did you mean port?",
                        "AuditForwarder[pigeon].lotf: unknown option; did you mean loft?",
                        "AuditForwarder[pigeon].nmae: unknown option; did you mean name?",
                        "AuditForwarder[pigeon].wings: unknown option; known are batchDelay, batchEvents, batchSize, loft,"
                                + " name, payload, port, ring, to");
    }

    @Test
    void shouldRefuseElementsBelowAForwarder() {
        ConfigNode child = element("Ssl", List.of(), "trust", "all");

        assertThat(problems(auditTo(element("AuditForwarder", List.of(child), "to", "pigeon", "loft", "north"))))
                .containsExactly("AuditForwarder[pigeon].Ssl: unknown element");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuditPolicies"})
    void shouldRefuseWhatDoesNotWorkYet(String element) {
        assertThat(problems(auditTo(element(element, List.of(), "origin", "x"))))
                .containsExactly(element + ": not supported by this version; leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarder", "auditForwarder", "AuditForwader", "Retention"})
    void shouldRefuseUnknownElements(String element) {
        assertThat(problems(auditTo(element(element, List.of()))))
                .containsExactly(element
                        + ": unknown element; known are AuditForwarder, AuditListener, AuditSeal and AuditEncryption");
    }

    @Test
    void shouldReportADestinationThatCannotReadItsOptions() {
        DestinationProvider broken = new DestinationProvider() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public DestinationFactory configure(Options options) {
                throw new IllegalStateException("no codec");
            }
        };

        assertThat(TrailConfigParser.parse(auditTo(forwarder("to", "broken")), Map.of("broken", broken), Map.of(), null)
                        .problems())
                .containsExactly("AuditForwarder[broken].to: its options cannot be read:"
                        + " java.lang.IllegalStateException: no codec");
    }
}
