package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.spi.FakeCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program that takes the file away; what it can do else is shown in the tests of the store. */
final class TamperingTest {
    @TempDir
    Path temporary;

    @Test
    void shouldRecordItInAFileOfItsOwn() throws IOException {
        TestLog log = new TestLog(temporary.resolve("log")).with("flushInterval", "1h"); // no checkpoint
        Path taken;

        try (AuditSink sink = log.open()) {
            sink.accept(FakeCall.of("x"));
            taken = log.segment();
            Files.move(taken, temporary.resolve("taken"));
        }

        JsonNode tampering = log.only("AUDIT_LOG_TAMPER");
        assertThat(tampering.get("severity").textValue()).isEqualTo("CRITICAL");
        assertThat(tampering.get("success").booleanValue()).isFalse();
        assertThat(tampering.at("/details/file").textValue())
                .isEqualTo(taken.getFileName().toString());
        assertThat(tampering.at("/details/problem").textValue()).isEqualTo(taken + " was removed or renamed");
        assertThat(log.types()).containsExactly("AUDIT_LOG_TAMPER", "AUDIT_LOG_STOPPED");
        assertThat(temporary.resolve("taken"))
                .content()
                .contains("AUDIT_LOG_STARTED")
                .contains("\"x\"");
        assertThat(log.status.errors)
                .containsExactly("audit log: another program meddles with it: " + taken + " was removed or renamed");
    }
}
