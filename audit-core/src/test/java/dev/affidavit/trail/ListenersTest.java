package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.FakeCall;
import dev.affidavit.spi.FakeListener;
import dev.affidavit.spi.ListenerStatistics;
import dev.affidavit.statistics.AuditTrails;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners are told of, over the life of a trail. */
final class ListenersTest {
    @TempDir
    Path directory;

    private TestLog log;

    @BeforeEach
    void prepare() {
        FakeListener.reset();
        log = new TestLog(directory).toldTo("alerts");
    }

    @AfterEach
    void reset() {
        FakeListener.reset();
    }

    @Test
    void shouldBeToldOfEverythingFromTheOpeningToTheClosing() {
        try (AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
            sink.installed();
            sink.accept(FakeCall.of("x"));
            assertThat(AuditTrails.statistics().get(0).listeners())
                    .extracting(ListenerStatistics::name)
                    .containsExactly("alerts");
            FakeListener.await(2);
        }
        log.open().close();
        log.open().close();
        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
            FakeListener.await(5);
        }

        assertThat(FakeListener.HEARD)
                .containsExactly(
                        "alerts AUDIT_LOG_STARTED",
                        "alerts UNSPECIFIED",
                        "alerts AUDIT_LOG_STOPPED",
                        // Two openings that nobody logged through started no listeners.
                        "alerts AUDIT_LOG_STARTED",
                        "alerts UNSPECIFIED",
                        "alerts AUDIT_LOG_STOPPED");
    }

    @Test
    void shouldBeToldFromTheReconfigurationOnThatBroughtThem() {
        AuditSink first = log.open();
        first.accept(FakeCall.of("x"));

        AuditSink second = log.toldTo("alerts", "late").open();
        second.installed();
        FakeListener.await(4);
        first.close();
        second.close();

        assertThat(FakeListener.HEARD.stream().filter(text -> text.startsWith("alerts ")))
                .containsExactly(
                        "alerts AUDIT_LOG_STARTED",
                        "alerts UNSPECIFIED",
                        "alerts AUDIT_CONFIG_CHANGED",
                        "alerts AUDIT_LOG_STOPPED");
        assertThat(FakeListener.HEARD.stream().filter(text -> text.startsWith("late ")))
                .containsExactly("late AUDIT_CONFIG_CHANGED", "late AUDIT_LOG_STOPPED");
        assertThat(log.only("AUDIT_CONFIG_CHANGED").at("/details/changes"))
                .hasToString("{\"AuditListener[late]\":\"Side[side=late]\"}");
    }

    @Test
    void shouldNotDisturbTheRecordWhateverTheyDo() {
        FakeListener.onEvent(() -> {
            throw new OutOfMemoryError("of the listener");
        });
        try (AuditSink sink = log.open()) {
            for (int i = 0; i < 20; i++) {
                sink.accept(FakeCall.of("x"));
            }
            FakeListener.await(21);
        }

        assertThat(log.events("UNSPECIFIED")).hasSize(20);
        assertThat(FakeListener.HEARD).hasSize(22);
        assertThat(log.status.errors).hasSize(2);
    }

    @Test
    void shouldRefuseWhenTheConfigurationOfOneIsBad() {
        try (AuditSink sink = log.toldTo("a b").open()) {
            assertThat(sink.problems()).singleElement().asString().startsWith("AuditListener[a b].name: expected");
        }
        assertThat(FakeListener.HEARD).isEmpty();
        assertThat(List.of(directory.toFile().list())).isEmpty();
    }
}
