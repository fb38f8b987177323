package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.spi.FakeCall;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says of its disk; that it is full, on a real one, is shown in the acceptance tests. */
final class DiskEventsTest {
    @TempDir
    Path directory;

    @Test
    void shouldSayThatLittleIsFree() {
        TestLog log = new TestLog(directory).with("diskWarning", "999999999GB");

        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
        }

        JsonNode low = log.only("AUDIT_DISK_LOW");
        assertThat(low.get("severity").textValue()).isEqualTo("WARNING");
        assertThat(low.at("/details/problem").textValue()).isEqualTo("less than 1073741822926258176 bytes are free");
        assertThat(low.at("/details/usable_bytes").longValue()).isPositive();
        assertThat(log.warnings()).singleElement().asString().startsWith("audit log: the disk runs full: less than ");
    }

    @Test
    void shouldSayNothingOfItIfItIsNotToLook() {
        TestLog log = new TestLog(directory).with("diskWarning", "0B").with("diskReserve", "0B");

        log.open().close();

        assertThat(log.types()).containsExactly("AUDIT_LOG_STARTED", "AUDIT_LOG_STOPPED");
        assertThat(directory.resolve(".affidavit/reserve")).doesNotExist();
    }

    @Test
    void shouldHoldTheReserveOverRestarts() throws Exception {
        TestLog log = new TestLog(directory).with("diskReserve", "100KB");

        log.open().close();
        log.open().close();

        assertThat(Files.size(directory.resolve(".affidavit/reserve"))).isEqualTo(100 * 1024);
    }
}
