package dev.affidavit.benchmarks.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command from end to end, with so few events that no figure means anything. */
@Timeout(600)
final class ForwardingBenchmarkTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    private int run(String... arguments) throws IOException {
        return new ForwardingBenchmark(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    @RequiresProgram("rsyslogd")
    @Test
    void shouldCarryAllEventsAndReport() throws IOException {
        int status = run("--events", "200", "--repetitions", "2", "--only", "syslog-tcp");

        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("[repetition 2 of 2] syslog-tcp: ");
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("200 events")
                .contains("| syslog-tcp | ");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws IOException {
        assertThat(run("--evnts", "5")).isEqualTo(2);
        assertThat(run("--events", "many")).isEqualTo(2);
        assertThat(run("--only", "nobody")).isEqualTo(2);
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .contains("unknown option --evnts")
                .contains("expected a whole number above 0, found 'many'")
                .contains("found 'nobody'");
    }
}
