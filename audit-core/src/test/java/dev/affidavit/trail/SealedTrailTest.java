package dev.affidavit.trail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditException;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.spi.FakeCall;
import dev.affidavit.statistics.AuditTrailMXBean;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.SealOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sealed log: what it says of its seal, what a reconfiguration can change, and what a broken seal brings about. */
@Timeout(300)
final class SealedTrailTest {
    @TempDir
    Path temporary;

    private TestLog log;

    @BeforeEach
    void prepare() {
        log = new TestLog(temporary.resolve("log")).sealed("origin", "payments.example.com/audit");
    }

    private static void recordAndClose(TestLog log) {
        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
            sink.accept(FakeCall.of("x"));
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(log.directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path key() {
        return log.directory.resolve(".affidavit/seal/log.key");
    }

    /** In lines that are sealed, so that no crash explains it. */
    private void tamper() throws IOException {
        Path segment = segment();
        Files.writeString(segment, Files.readString(segment).replace("\"x\"", "\"y\""));
    }

    @Test
    void shouldSayOnceWhatToPinOffTheHost() throws Exception {
        recordAndClose(log);
        recordAndClose(log);

        List<JsonNode> started = log.events("AUDIT_LOG_STARTED");
        String origin = started.get(0).at("/details/origin").textValue();
        VerifierKey logKey =
                VerifierKey.parse(started.get(0).at("/details/log_key").textValue());
        VerifierKey firstEpoch =
                VerifierKey.parse(started.get(0).at("/details/first_epoch_key").textValue());
        assertThat(origin)
                .isEqualTo("payments.example.com/audit/"
                        + started.get(0).at("/details/log_id").textValue());
        assertThat(logKey.name()).isEqualTo(origin);
        assertThat(firstEpoch.name()).isEqualTo(origin + "/epoch-1");
        assertThat(started.get(1).at("/details/log_key").textValue()).isEqualTo(logKey.toString());
        assertThat(started.get(1).at("/details").has("first_epoch_key")).isFalse();
        assertThat(log.status.warnings)
                .singleElement()
                .asString()
                .contains("is sealed from here on", logKey.toString(), firstEpoch.toString())
                .doesNotContain("PRIVATE");
    }

    @Test
    void shouldSayNothingOfSealsWithoutOne() {
        recordAndClose(log.unsealed());

        assertThat(log.only("AUDIT_LOG_STARTED").at("/details").has("origin")).isFalse();
        assertThat(log.status.warnings).isEmpty();
        assertThat(log.directory.resolve(".affidavit/seal/log.key")).doesNotExist();
    }

    @Test
    void shouldSealByDefault() {
        TestLog plain = new TestLog(temporary.resolve("plain"));
        recordAndClose(plain);

        JsonNode started = plain.only("AUDIT_LOG_STARTED").get("details");
        assertThat(started.get("origin").textValue())
                .isEqualTo("affidavit/" + started.get("log_id").textValue());
        assertThat(plain.status.warnings).singleElement().asString().contains("is sealed from here on");
    }

    @Test
    void shouldSealFromItsOldestLineOnWhatWasNotSealed() {
        recordAndClose(log.unsealed());
        recordAndClose(log.sealed("interval", "1ms"));

        assertThat(log.events("AUDIT_LOG_STARTED")
                        .get(1)
                        .at("/details/first_epoch_key")
                        .isTextual())
                .isTrue();
        assertThat(log.events("AUDIT_LOG_TAMPER")).isEmpty();
        assertThat(log.status.warnings).singleElement().asString().contains("is sealed from here on");
    }

    @Test
    void shouldRefuseToEndTheSeals() {
        recordAndClose(log);

        try (AuditSink sink = log.unsealed().open()) {
            assertThat(sink.problems())
                    .singleElement()
                    .asString()
                    .startsWith("directory: ")
                    .contains("it is a sealed log", key().toString(), "enabled=\"true\"", "another directory");
        }
    }

    @Test
    void shouldShowTheSealInStatistics() throws IOException, MalformedObjectNameException {
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));

            AuditTrailMXBean bean = JMX.newMXBeanProxy(
                    ManagementFactory.getPlatformMBeanServer(),
                    new ObjectName("dev.affidavit:type=AuditTrail,directory="
                            + ObjectName.quote(log.directory.toRealPath().toString())),
                    AuditTrailMXBean.class);
            assertThat(bean.getSealOrigin()).isEqualTo("payments.example.com/audit/" + bean.getLogId());
            assertThat(bean.getSealInterval()).isEqualTo("1000ms");
            assertThat(bean.getAnchorInterval()).isEqualTo("600000ms");
            assertThat(bean.getSealedEvents()).isBetween(0L, 2L);
            assertThat(bean.getSealEpoch()).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeOverOtherIntervalsAtOnce() {
        try (AuditSink first = log.open();
                AuditSink second = log.sealed(
                                "origin", "payments.example.com/audit", "interval", "250ms", "anchorInterval", "1h")
                        .open()) {
            assertThat(first.problems()).isEmpty();
            assertThat(second.problems()).isEmpty();
            assertThat(AuditTrails.statistics().get(0).config().log().seal())
                    .isEqualTo(
                            new SealOptions("payments.example.com/audit", Duration.ofMillis(250), Duration.ofHours(1)));
        }

        assertThat(log.only("AUDIT_CONFIG_CHANGED").at("/details/changes"))
                .hasToString("{\"AuditSeal.interval\":\"250ms\",\"AuditSeal.anchorInterval\":\"3600000ms\"}");
        assertThat(log.status.warnings).hasSize(1);
    }

    @Test
    void shouldNotWaitForTheIntervalThatWasInForceBefore() {
        String origin = "payments.example.com/audit";
        log.with("flushInterval", "10ms");
        try (AuditSink first = log.sealed("origin", origin, "interval", "1h").open()) {
            awaitSealed(1);
            first.accept(FakeCall.of("x"));
            try (AuditSink second =
                    log.sealed("origin", origin, "interval", "1ms").open()) {
                assertThat(second.problems()).isEmpty();
                awaitSealed(3);
            }
        }
    }

    private static void awaitSealed(long events) {
        while (requireNonNull(AuditTrails.statistics().get(0).log().seal()).sealed() < events) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Test
    void shouldNotTakeOverAnotherOrigin() {
        try (AuditSink first = log.open();
                AuditSink second = log.sealed("origin", "other").open()) {
            assertThat(first.problems()).isEmpty();
            assertThat(second.problems()).isEmpty();
            second.accept(FakeCall.of("x"));
            assertThat(AuditTrails.statistics().get(0).config().log().seal())
                    .isEqualTo(SealOptions.of("payments.example.com/audit"));
        }

        assertThat(log.events("AUDIT_CONFIG_CHANGED")).isEmpty();
        assertThat(log.status.warnings)
                .last()
                .asString()
                .contains(
                        "sealed as payments.example.com/audit",
                        "AuditSeal.origin is other now",
                        "refused at the next start");
    }

    @Test
    void shouldSayThatAnotherOriginIsRefusedAtTheStart() {
        recordAndClose(log);

        try (AuditSink sink = log.sealed("origin", "other").open()) {
            assertThat(sink.problems())
                    .singleElement()
                    .asString()
                    .contains("is the key of payments.example.com/audit/", "expected that of other/", "set it back");
        }
    }

    @Test
    void shouldGoOnAsItWasUntilTheNextStartIfSealingIsSwitched() {
        try (AuditSink sealed = log.open();
                AuditSink unsealed = log.unsealed().open()) {
            assertThat(sealed.problems()).isEmpty();
            assertThat(unsealed.problems()).isEmpty();
            assertThat(AuditTrails.statistics().get(0).log().seal()).isNotNull();
            assertThat(AuditTrails.statistics().get(0).config().log().seal()).isNotNull();
        }
        assertThat(log.status.warnings)
                .last()
                .asString()
                .contains("goes on being sealed", "AuditSeal was turned off", "refused at the next start");

        TestLog other = new TestLog(temporary.resolve("other")).unsealed();
        try (AuditSink unsealed = other.open();
                AuditSink sealed = other.sealed("origin", "a").open()) {
            assertThat(unsealed.problems()).isEmpty();
            assertThat(sealed.problems()).isEmpty();
            assertThat(AuditTrails.statistics().get(0).log().seal()).isNull();
        }
        assertThat(other.status.warnings)
                .singleElement()
                .asString()
                .contains("is not sealed", "AuditSeal was turned on", "restart the application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail-operation", "continue"})
    void shouldRecordThatTheLogDoesNotAgreeWithItsSealAndGoOn(String policy) throws IOException {
        recordAndClose(log.with("onFailure", policy));
        tamper();
        Path evidence = segment();
        byte[] before = Files.readAllBytes(evidence);

        recordAndClose(log);

        assertThat(log.shutdowns).isEmpty();
        JsonNode tampering = log.only("AUDIT_LOG_TAMPER");
        assertThat(tampering.get("severity").textValue()).isEqualTo("CRITICAL");
        assertThat(tampering.get("success").booleanValue()).isFalse();
        assertThat(tampering.at("/details/file").textValue())
                .isEqualTo(evidence.getFileName().toString());
        assertThat(tampering.at("/details/problem").textValue()).contains("are not those that its seal is over");
        assertThat(log.status.errors)
                .singleElement()
                .asString()
                .startsWith("audit log: it does not agree with its seal: " + evidence);
        assertThat(Files.readAllBytes(evidence)).isEqualTo(before);
    }

    @Test
    void shouldEndTheApplicationOnceThatIsOnTheDeviceIfThatIsThePolicy() throws Exception {
        recordAndClose(log);
        tamper();
        CountDownLatch called = new CountDownLatch(1);
        AtomicReference<String> cause = new AtomicReference<>();
        List<String> then = new ArrayList<>();
        List<Long> forced = new ArrayList<>();

        try (AuditSink sink = log.with("onFailure", "shutdown")
                .with("flushInterval", "1h")
                .endingBy(failure -> {
                    try {
                        cause.set(failure.getMessage());
                        then.addAll(log.types());
                        forced.add(AuditTrails.statistics().get(0).log().forced());
                    } finally {
                        called.countDown();
                    }
                })
                .open()) {
            called.await();
            assertThat(sink.problems()).isEmpty();
            assertThatCode(() -> sink.accept(FakeCall.of("until it has ended"))).doesNotThrowAnyException();
        }

        TestLog.awaitHandlers();
        assertThat(cause.get())
                .startsWith("the audit log does not agree with its seal: ")
                .contains("are not those that its seal is over");
        assertThat(then).contains("AUDIT_LOG_TAMPER");
        int written = then.lastIndexOf("AUDIT_LOG_TAMPER") - then.lastIndexOf("AUDIT_LOG_STARTED") + 1;
        assertThat(forced).singleElement().satisfies(lines -> assertThat(lines).isGreaterThanOrEqualTo(written));
    }

    @Test
    void shouldNotEndTheApplicationForWhatIsNoTrouble() {
        recordAndClose(log.with("onFailure", "shutdown"));
        recordAndClose(log);

        assertThat(log.shutdowns).isEmpty();
        assertThat(log.events("AUDIT_LOG_TAMPER")).isEmpty();
    }

    @Test
    void shouldRefuseWithoutItsKeyAndRecordWhenThatIsBack() throws IOException {
        recordAndClose(log);
        byte[] key = Files.readAllBytes(key());
        Files.delete(key());

        try (AuditSink sink = log.open()) {
            assertThat(sink.problems())
                    .singleElement()
                    .asString()
                    .startsWith("directory: ")
                    .contains(key() + " is missing: the key that this log is sealed with", "Restore it from a backup");
            assertThatThrownBy(() -> sink.accept(FakeCall.of("x")))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("refuses: directory: ")
                    .hasMessageContaining("log.key is missing");
            assertThat(key()).doesNotExist();

            Files.write(key(), key);
            Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
            log.nanoTime.addAndGet(Lease.BETWEEN_ATTEMPTS.toNanos());
            sink.accept(FakeCall.of("recorded"));
        }

        assertThat(log.events("UNSPECIFIED")).hasSize(2);
        assertThat(log.events("AUDIT_LOG_TAMPER")).isEmpty();
    }

    @Test
    void shouldGiveTheCheckpointOfEachFileToWhoeverReadsTheLog() throws Exception {
        try (AuditSink sink = log.with("maxFileSize", "1KB")
                .with("maxFiles", "1000000") // however long the first checkpoint takes
                .with("durability", "synced")
                .sealed("origin", "a", "interval", "1ms")
                .open()) {
            while (log.events("AUDIT_CHECKPOINT").isEmpty()) {
                sink.accept(FakeCall.of("x"));
            }
        }

        JsonNode event = log.events("AUDIT_CHECKPOINT").get(0);
        SignedNote note = SignedNote.parse(event.at("/details/checkpoint").textValue());
        assertThat(event.get("severity").textValue()).isEqualTo("INFO");
        assertThat(event.get("success").booleanValue()).isTrue();
        assertThat(note.text())
                .isEqualTo(event.at("/details/origin").textValue() + "\n"
                        + event.at("/details/size").longValue() + "\n"
                        + event.at("/details/root").textValue() + "\n");
        assertThat(note.isSignedBy(VerifierKey.parse(
                        log.only("AUDIT_LOG_STARTED").at("/details/log_key").textValue())))
                .isTrue();
        assertThat(log.status.errors).isEmpty();
    }
}
