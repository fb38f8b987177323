package dev.affidavit.forward.agent;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An agent in a JVM of its own, which forwards the log beside its configuration. */
final class AgentProcess implements Closeable {
    private static final Duration SOON = Duration.ofMinutes(3);

    private final ChildJvm jvm;
    private final Path errors;

    private AgentProcess(ChildJvm jvm, Path errors) {
        this.jvm = jvm;
        this.errors = errors;
    }

    /** Writes a configuration for one forwarder to syslog. */
    static Path configure(Path directory, int port, String more) {
        try {
            return Files.writeString(
                    directory.resolve("agent.yaml"), """
                    directory: %s
                    forwarders: [{to: syslog, name: soc, host: 127.0.0.1, port: %d}]
                    %s
                    """.formatted(directory.resolve("log"), port, more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it; what it says goes to a file of its own. */
    static AgentProcess start(ChildJvm.Builder jvm, Path configuration, String... options) {
        try {
            Path errors = Files.createTempFile(configuration.getParent(), "agent", ".errors");
            jvm.argument("run").argument(configuration);
            for (String option : options) {
                jvm.argument(option);
            }
            return new AgentProcess(jvm.start(errors, errors), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AgentProcess start(Path configuration, String... options) {
        return start(ChildJvm.of(ForwardMain.class).option("-Xmx64m"), configuration, options);
    }

    /** Waits until it has said so. */
    void awaitSaid(String text) {
        Deadline.await("'" + text + "' in " + errors, SOON, () -> said().contains(text));
    }

    String said() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() {
        return jvm.awaitExit(SOON);
    }

    /** Asks it to end, with SIGTERM. */
    void terminate() {
        jvm.terminate();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        jvm.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
