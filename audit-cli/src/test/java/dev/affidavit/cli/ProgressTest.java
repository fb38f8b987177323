package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final String ERASE = "\r\u001b[K";

    private final StringWriter terminal = new StringWriter();
    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void shouldShowOneTextAtATimeAndEraseItAtTheEnd() {
        try (Progress progress = Progress.on(new PrintWriter(terminal), nanos::get)) {
            progress.show("1");
            nanos.addAndGet(199_999_999);
            progress.show("2");
            nanos.addAndGet(1);
            progress.show("3");
        }

        assertThat(terminal).hasToString(ERASE + "1" + ERASE + "3" + ERASE);
    }

    @Test
    void shouldWriteNothingIfNothingWasShown() {
        Progress.on(new PrintWriter(terminal), nanos::get).close();

        assertThat(terminal).hasToString("");
    }

    @Test
    void shouldWriteNothingWhereStandardErrorIsNoTerminal() {
        try (Progress progress = Progress.on(new PrintWriter(terminal))) { // a pipe of the build's
            progress.show("1");
        }

        assertThat(terminal).hasToString("");
    }
}
