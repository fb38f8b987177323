package dev.affidavit.forward.agent;

import dev.affidavit.spi.FrameworkStatus;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the agent says, a line at a time: the time in UTC, the level, the message. Thread-safe. */
final class Journal implements FrameworkStatus {
    private final PrintWriter out;
    private final InstantSource clock;

    Journal(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void info(String message) {
        say("INFO ", message);
    }

    @Override
    public void warn(String message) {
        say("WARN ", message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        say("ERROR", message);
    }

    private void say(String level, String message) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + Terminal.oneLine(message));
        out.flush();
    }
}
