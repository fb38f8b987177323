package dev.affidavit.testkit.syslog;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.Program;
import dev.affidavit.testkit.RsyslogModule;
import dev.affidavit.testkit.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real rsyslogd, run for a test: one input on 127.0.0.1, everything it uses in one directory. It writes what it receives to
 * {@link #received} and {@link #full}, and does so before it acknowledges, if it does. Not thread-safe.
 */
public final class RsyslogServer implements Closeable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** As facts about rsyslog demand: the sizes first and in global(), and nothing of a message rewritten. */
    private static final String CONFIGURATION = """
            global(
              workDirectory="%1$s"
              maxMessageSize="2m"
              parser.escapeControlCharactersOnReceive="off"
              parser.escape8BitCharactersOnReceive="off"
              parser.permitSlashInProgramName="on"
              processInternalMessages="on"
              %4$s
            )
            %5$s
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
            input(%6$s address="127.0.0.1" port="%2$d" ruleset="audit")
            syslog.* action(type="omfile" file="%1$s/internal.log")
            """;

    private static final String WITH_HEADERS = """
            action(type="omfile" file="%s/received.full" template="full")""";

    private final Path directory;
    private final RsyslogInput input;
    private final int port;
    private @Nullable Process process;

    private RsyslogServer(Path directory, RsyslogInput input, int port) {
        this.directory = directory;
        this.input = input;
        this.port = port;
    }

    /**
     * Starts a server with TCP on a free port, and returns when it accepts connections.
     *
     * @param directory an existing one, for this server alone
     */
    public static RsyslogServer start(Path directory) {
        return start(directory, RsyslogInput.tcp());
    }

    /** The same with this input. */
    public static RsyslogServer start(Path directory, RsyslogInput input) {
        return start(directory, input, WITH_HEADERS.formatted(directory));
    }

    /** With TCP and without {@link #full}, for so many messages that twice the disk and the work matter. */
    public static RsyslogServer startForMany(Path directory) {
        return startForMany(directory, RsyslogInput.tcp());
    }

    /** The same with this input. */
    public static RsyslogServer startForMany(Path directory, RsyslogInput input) {
        return start(directory, input, "");
    }

    private static RsyslogServer start(Path directory, RsyslogInput input, String furtherActions) {
        try {
            RsyslogServer server = new RsyslogServer(directory.toRealPath(), input, Ports.free());
            server.configure(input, furtherActions);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(RsyslogInput listening, String furtherActions) throws IOException {
        Files.writeString(
                file("rsyslog.conf"),
                CONFIGURATION.formatted(
                        directory, port, furtherActions, listening.global(), listening.module(), listening.input()));
    }

    /** Starts the server again on its port, after {@link #stop} or {@link #kill}. */
    public void start() {
        Path executable = Program.find("rsyslogd")
                .orElseThrow(() -> new IllegalStateException("rsyslogd is not installed: apt-get install rsyslog"));
        for (String module : input.modules()) {
            if (RsyslogModule.find(module).isEmpty()) {
                throw new IllegalStateException("rsyslog has no %s here: apt-get install %s"
                        .formatted(module, RsyslogModule.packageOf(module)));
            }
        }
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

    /** Without connecting: rsyslog would complain of a client that hangs up at once. */
    private boolean accepts() {
        return socket().isPresent();
    }

    /** What the kernel says of the socket that listens. */
    private Optional<String> socket() {
        String listening = " 0100007F:%04X 00000000:0000 %s ".formatted(port, input.takesDatagrams() ? "07" : "0A");
        Path sockets = Path.of("/proc/net", input.takesDatagrams() ? "udp" : "tcp");
        return lines(sockets).stream().filter(line -> line.contains(listening)).findFirst();
    }

    /** How many datagrams found no room in the buffer of this run's socket: the kernel counts them in its last column. */
    public long droppedDatagrams() {
        String line = socket().orElseThrow(() -> new IllegalStateException(this + " does not listen"));
        return Long.parseLong(
                line.substring(line.stripTrailing().lastIndexOf(' ')).strip());
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

    /** How many messages {@link #received} has. */
    public int count() {
        return (int) count(received());
    }

    /**
     * Each message with its header fields, as a JSON object. It is written behind {@link #received}: waits until it is.
     *
     * @throws AssertionError if not all that is there is here within {@code limit}
     */
    public List<String> full(Duration limit) {
        Path file = file("received.full");
        int count = count();
        Deadline.await("%d messages in %s".formatted(count, file), limit, () -> count(file) >= count);
        return lines(file);
    }

    /** What the server says of errors, of its own and of its clients'. */
    public List<String> complaints() {
        return lines(file("internal.log")).stream()
                .filter(line -> line.contains("rsyslogd-2") || line.contains("error"))
                .toList();
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
        send(Signal.STOP);
    }

    /** Lets it go on (SIGCONT). */
    public void resume() {
        send(Signal.CONT);
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "rsyslogd on 127.0.0.1 port " + port;
    }

    private void send(Signal signal) {
        signal.to(Objects.requireNonNull(process, "rsyslogd does not run"));
    }

    private static void awaitEnd(Process process) {
        Deadline.await("the end of " + process, STOP_LIMIT, () -> !process.isAlive());
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** Those that are written to their end: a process may be at the next one, and within a character of it. */
    private static List<String> lines(Path file) {
        try {
            String content = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            byte[] complete =
                    content.substring(0, content.lastIndexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
            return new String(complete, StandardCharsets.UTF_8).lines().toList();
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
