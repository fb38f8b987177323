package dev.affidavit.testkit.elasticsearch;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch of one node on 127.0.0.1, everything it writes in one directory. Its program is the one that the build
 * unpacked to the directory that the system property {@value #HOME} names. It runs on this JVM's JDK; as {@code nobody}, if this JVM
 * runs as root, as whom it refuses to run. Not thread-safe.
 */
public final class ElasticsearchServer implements Closeable {
    private static final String HOME = "affidavit.elasticsearch.home";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    private final Installation installation;
    private final int port;
    private final ElasticsearchRest rest;
    private @Nullable Process launcher;

    private ElasticsearchServer(Installation installation, int port, ElasticsearchRest rest) {
        this.installation = installation;
        this.port = port;
        this.rest = rest;
    }

    /**
     * Starts a server on a free port, and returns when it answers.
     *
     * @param directory an existing one, for this server alone, in which anybody may look for it
     * @param settings for {@code elasticsearch.yml}, beside and instead of ours
     */
    public static ElasticsearchServer start(Path directory, Map<String, String> settings) {
        try {
            int port = Ports.free();
            Installation installation = Installation.in(directory, Path.of(System.getProperty(HOME, "")));
            installation.configure(port, Ports.free(), settings);
            return started(new ElasticsearchServer(installation, port, ElasticsearchRest.on(port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over HTTPS, with users. */
    public static ElasticsearchServer start(Path directory, ServerSecurity security) {
        try {
            int port = Ports.free();
            Installation installation = Installation.in(directory, Path.of(System.getProperty(HOME, "")));
            installation.configure(port, Ports.free(), security.settings());
            security.write(directory.resolve("config"));
            return started(new ElasticsearchServer(installation, port, ElasticsearchRest.on(port, security)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ElasticsearchServer started(ElasticsearchServer server) {
        server.start();
        return server;
    }

    /** Starts the server again on its port, with what it has, after {@link #stop} or {@link #kill}. */
    public void start() {
        try {
            Process started = installation.start();
            launcher = started;
            Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
            Deadline.await("Elasticsearch answers", START_LIMIT, () -> isDead(started) || rest.answers());
            if (!started.isAlive()) {
                throw new IllegalStateException("Elasticsearch does not start:\n" + installation.said());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDead(Process process) {
        return !process.isAlive();
    }

    public int port() {
        return port;
    }

    /** Such as {@code http://127.0.0.1:17234}. */
    public String url() {
        return rest.url();
    }

    /** What a test asks it, past what is under test. */
    public ElasticsearchRest rest() {
        return rest;
    }

    /** Ends the server as an administrator does. */
    public void stop() {
        end(ProcessHandle::destroy);
    }

    /** Ends the server with SIGKILL. */
    public void kill() {
        end(ProcessHandle::destroyForcibly);
    }

    /** Makes the server hang (SIGSTOP). */
    public void suspend() {
        Signal.STOP.to(processes());
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        Signal.CONT.to(processes());
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "Elasticsearch on " + url();
    }

    /** How a process is ended. */
    private interface End {
        boolean of(ProcessHandle process);
    }

    private void end(End end) {
        List<ProcessHandle> processes = processes();
        processes.forEach(end::of);
        for (ProcessHandle process : processes) {
            Deadline.await("the end of " + process, STOP_LIMIT, () -> !process.isAlive());
        }
        launcher = null;
    }

    /** The server first, then the one that started it: it would take the other's end for a failure. */
    private List<ProcessHandle> processes() {
        List<ProcessHandle> processes = new ArrayList<>();
        if (launcher != null) {
            try (Stream<ProcessHandle> descendants = launcher.descendants()) {
                descendants.forEach(processes::add);
            }
            processes.add(launcher.toHandle());
        }
        return processes;
    }
}
