package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogCheckTest {
    private static final String LINE = SampleEvent.alice().line();
    private static final String OWN_LINE = "{\"event_type\":\"AUDIT_LOG_STARTED\"}\n";

    @TempDir
    Path logs;

    @Test
    void shouldAcceptOneLineForEachCallInAllFiles() throws Exception {
        // given
        write("a.log", OWN_LINE + LINE + LINE);
        write("b.log", LINE + OWN_LINE);
        write("b.log.seal", "no line");

        // when, then
        assertThatCode(() -> LogCheck.require(calls(1, 2), logs)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAMissingLine() throws Exception {
        write("a.log", LINE + LINE);

        assertThatThrownBy(() -> LogCheck.require(calls(1, 2), logs))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("3 calls returned, found 2 lines");
    }

    @Test
    void shouldRefuseALineTooMany() throws Exception {
        write("a.log", LINE + LINE);

        assertThatThrownBy(() -> LogCheck.require(calls(0, 1), logs))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("1 calls returned, found 2 lines");
    }

    @Test
    void shouldRefuseATornLine() throws Exception {
        write("a.log", LINE + LINE.substring(0, 40));

        assertThatThrownBy(() -> LogCheck.require(calls(0, 1), logs))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("1 broken lines");
    }

    @Test
    void shouldRefuseAnEventWithAFieldLess() throws Exception {
        write("a.log", LINE.replace(",\"port\":5432", ""));

        assertThatThrownBy(() -> LogCheck.require(calls(0, 1), logs))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("expected the thirteen fields");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(logs.resolve(name), text);
    }

    private static Measurement calls(long warmUp, long timed) {
        return new Measurement(warmUp, timed, 1, 0, 0, 0, 0, 0, 0);
    }
}
