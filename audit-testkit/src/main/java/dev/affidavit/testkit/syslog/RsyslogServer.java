package dev.affidavit.testkit.syslog;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Program;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real rsyslogd, run for a test: TCP on 127.0.0.1, everything it uses in one directory. It writes what it receives to
 * {@link #received} and {@link #full}. Not thread-safe.
 */
public final class RsyslogServer implements Closeable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** As facts about rsyslog demand: the sizes first and in global(), and nothing of a message rewritten. */
    private static final String CONFIGURATION = """
            global(
              workDirectory="%1$s"
              maxMessageSize="2m"
              parser.escapeControlCharactersOnReceive="off"
              parser.escape8BitCharactersOnReceive="off"
              parser.permitSlashInProgramName="on"
              processInternalMessages="on"
            )
            module(load="imtcp" maxSessions="1000")
            template(name="msgonly" type="list") { property(name="msg") constant(value="\\n") }
            template(name="full" type="list" option.jsonf="on") {
              property(outname="pri" name="pri" format="jsonf")
              property(outname="ver" name="protocol-version" format="jsonf")
              property(outname="ts" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="host" name="hostname" format="jsonf")
              property(outname="app" name="app-name" format="jsonf")
              property(outname="procid" name="procid" format="jsonf")
              property(outname="msgid" name="msgid" format="jsonf")
              property(outname="sd" name="structured-data" format="jsonf")
              property(outname="msg" name="msg" format="jsonf")
            }
            ruleset(name="audit") {
              action(type="omfile" file="%1$s/received.msg" template="msgonly")
              %3$s
            }
            input(type="imtcp" address="127.0.0.1" port="%2$d" ruleset="audit" maxFrameSize="4194304")
            syslog.* action(type="omfile" file="%1$s/internal.log")
            """;

    private static final String WITH_HEADERS = """
            action(type="omfile" file="%s/received.full" template="full")""";

    /** Linux gives ports above these to whoever connects somewhere, even while the server that is to have one is away. */
    private static final int FIRST_PORT = 16_384;

    private static final int LAST_PORT = 32_768;

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private RsyslogServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a server on a free port, and returns when it accepts connections.
     *
     * @param directory an existing one, for this server alone
     */
    public static RsyslogServer start(Path directory) {
        return start(directory, WITH_HEADERS.formatted(directory));
    }

    /** The same without {@link #full}, for so many messages that twice the disk and the work matter. */
    public static RsyslogServer startForMany(Path directory) {
        return start(directory, "");
    }

    private static RsyslogServer start(Path directory, String furtherActions) {
        try {
            RsyslogServer server = new RsyslogServer(directory.toRealPath(), freePort());
            Files.writeString(
                    server.file("rsyslog.conf"),
                    CONFIGURATION.formatted(server.directory, server.port, furtherActions));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // It is taken.
            }
        }
    }

    /** Starts the server again on its port, after {@link #stop} or {@link #kill}. */
    public void start() {
        Path executable = Program.find("rsyslogd")
                .orElseThrow(() -> new IllegalStateException("rsyslogd is not installed: apt-get install rsyslog"));
        try {
            Files.deleteIfExists(file("rsyslogd.pid"));
            Process started = new ProcessBuilder(
                            executable.toString(),
                            "-n",
                            "-f",
                            file("rsyslog.conf").toString(),
                            "-i",
                            file("rsyslogd.pid").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            file("rsyslogd.out").toFile()))
                    .start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            Deadline.await("rsyslogd accepts connections", START_LIMIT, () -> started.isAlive() && accepts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** MSG of each message, in the order of arrival; as lines, if no MSG has a line break. */
    public List<String> messages() {
        return lines(received());
    }

    /** The file with MSG of each message and a {@code \n} behind it. */
    public Path received() {
        return file("received.msg");
    }

    /** Each message with its header fields, as a JSON object. */
    public List<String> full() {
        return lines(file("received.full"));
    }

    /**
     * Waits until {@link #received} has so many lines, over all starts.
     *
     * @throws AssertionError if it has not within {@code limit}
     */
    public void await(long count, Duration limit) {
        Deadline.await("%d messages in %s".formatted(count, received()), limit, () -> count(received()) >= count);
    }

    /** Ends the server as an administrator does. */
    public void stop() {
        if (process != null) {
            process.destroy();
            awaitEnd(process);
        }
    }

    /** Ends the server with SIGKILL. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process);
        }
    }

    /** Makes the server hang (SIGSTOP). */
    public void suspend() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "rsyslogd on 127.0.0.1 port " + port;
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("rsyslogd does not run");
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            awaitEnd(kill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("expected the end of " + process + " within " + STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + process, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Path file) {
        try {
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            long lines = 0;
            for (byte b : bytes) {
                lines += b == '\n' ? 1 : 0;
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
