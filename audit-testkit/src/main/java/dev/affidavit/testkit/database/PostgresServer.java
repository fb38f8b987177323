package dev.affidavit.testkit.database;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.Program;
import dev.affidavit.testkit.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, run for a test: on 127.0.0.1, in a directory of its own, which {@link #close} removes. It refuses to run as root, so
 * that root starts it as {@code nobody}. Its superuser is {@code postgres}; every user needs a password. Not thread-safe.
 */
public final class PostgresServer implements Closeable {
    /** Of the superuser. */
    public static final String PASSWORD = "the superuser's own";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(5);
    private static final String RELOADED = "received SIGHUP, reloading configuration files";
    private static final String READY = "database system is ready to accept connections";

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private PostgresServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a server on a free port, and returns when it accepts connections. It forces nothing, so that each new database does not
     * wait for hundreds of files: what its processes have written outlives them, and the machine stays on.
     */
    public static PostgresServer start() {
        PostgresServer server = create();
        server.configure("fsync = off\n");
        server.restart();
        return server;
    }

    /** The same, but it forces what it commits. */
    public static PostgresServer startDurable() {
        PostgresServer server = create();
        server.restart();
        return server;
    }

    /**
     * The same with TLS, which it demands of everybody.
     *
     * @param files in PEM, copied
     */
    public static PostgresServer startWith(Certificates files) {
        PostgresServer server = create();
        server.use(files);
        server.configure("fsync = off\n");
        server.restart();
        return server;
    }

    private static PostgresServer create() {
        try {
            Path directory = Files.createTempDirectory("postgres-server-").toRealPath();
            PostgresServer server = new PostgresServer(directory, Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.initialize();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialize() throws IOException {
        Path password = file("password");
        Files.writeString(password, PASSWORD);
        own(directory);
        own(password);
        Process made = as(
                        program("initdb"),
                        "--pgdata=" + data(),
                        "--username=postgres",
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")
                .start();
        awaitEnd(made);
        if (made.exitValue() != 0) {
            throw new IllegalStateException("initdb failed: " + Files.readString(file("server.log")));
        }
        configure("""
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                log_connections = on
                timezone = 'UTC'
                """.formatted(port));
    }

    /** Shows another certificate from now on, to who connects then. */
    public void show(Certificates files) {
        long before = count(RELOADED);
        copyAll(files);
        Signal.HUP.to(Objects.requireNonNull(process, "PostgreSQL does not run"));
        Deadline.await("PostgreSQL has read its files again", START_LIMIT, () -> count(RELOADED) > before);
    }

    private void copyAll(Certificates files) {
        try {
            copy(files.certificate(), "server.crt");
            copy(files.key(), "server.key");
            if (files.clientAuthority() != null) {
                copy(files.clientAuthority(), "clients.crt");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void use(Certificates files) {
        copyAll(files);
        try {
            configure("""
                    ssl = on
                    ssl_cert_file = '%1$s/server.crt'
                    ssl_key_file = '%1$s/server.key'
                    """.formatted(directory));
            String method = "scram-sha-256";
            if (files.clientAuthority() != null) {
                configure("ssl_ca_file = '%s/clients.crt'\n".formatted(directory));
                method += " clientcert=verify-full";
            }
            Files.writeString(
                    data().resolve("pg_hba.conf"),
                    "hostssl all postgres all scram-sha-256\nhostssl all all all " + method + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path from, String name) throws IOException {
        Files.copy(from, file(name), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
        own(file(name));
    }

    /** Adds lines to its configuration, which it reads when it starts. */
    public void configure(String lines) {
        try {
            Files.writeString(data().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again on its port, after {@link #stop} or {@link #kill}; returns when it accepts connections. */
    public void restart() {
        try {
            // After a kill the file is still there, and its process may be another one by now.
            Files.deleteIfExists(data().resolve("postmaster.pid"));
            long before = count(READY);
            Process started = as(program("postgres"), "-D", data().toString()).start();
            process = started;
            Deadline.await("PostgreSQL accepts connections, see " + log(), START_LIMIT, () -> {
                if (!started.isAlive()) {
                    throw new IllegalStateException("PostgreSQL ended: " + log());
                }
                return count(READY) > before;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    /** The URL of a database of this server, without properties. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** What the server has said so far. */
    public String log() {
        try {
            return Files.readString(file("server.log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often this stands in its log. */
    public long count(String text) {
        return log().lines().filter(line -> line.contains(text)).count();
    }

    /** Ends the server at once, and every connection with it, as an administrator does who is in a hurry. */
    public void stop() {
        end(Signal.INT);
    }

    /** Ends every process of the server with SIGKILL. */
    public void kill() {
        Signal.STOP.to(List.of(Objects.requireNonNull(process).toHandle())); // it starts no more that would be left
        end(Signal.KILL);
    }

    /** Makes every process of the server hang (SIGSTOP). */
    public void suspend() {
        send(Signal.STOP);
    }

    /** Lets them go on (SIGCONT). */
    public void resume() {
        send(Signal.CONT);
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
        try (Stream<Path> files = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL on 127.0.0.1 port " + port;
    }

    private void send(Signal signal) {
        signal.to(processes());
    }

    /** The one that would start others first. */
    private List<ProcessHandle> processes() {
        Process server = Objects.requireNonNull(process, "PostgreSQL does not run");
        return Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
    }

    /** One that still waits for its disk keeps the server from being started again. */
    private void end(Signal signal) {
        List<ProcessHandle> processes = processes(); // before: those whose parent has ended are no descendants any more
        signal.to(processes);
        awaitEnd(Objects.requireNonNull(process));
        Deadline.await(
                "the processes of " + this + " end",
                STOP_LIMIT,
                () -> processes.stream().allMatch(this::hasEnded));
    }

    /** Or is a zombie: whoever inherits the others may leave them so. */
    private boolean hasEnded(ProcessHandle one) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(one.pid()), "stat"));
            return !one.isAlive() || stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return !one.isAlive();
        }
    }

    private static void awaitEnd(Process process) {
        Deadline.await("the end of " + process, STOP_LIMIT, () -> !process.isAlive());
    }

    private ProcessBuilder as(String... command) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(file("server.log").toFile()));
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static String program(String name) {
        return Program.find(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not installed: apt-get install postgresql"))
                .toString();
    }

    private void own(Path file) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private Path data() {
        return file("data");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /**
     * What a server shows, and whom it asks.
     *
     * @param key without a password
     * @param clientAuthority which has issued the certificates that it demands of users, in whose names they are; null if it demands none
     */
    public record Certificates(
            Path certificate, Path key, @Nullable Path clientAuthority) {}
}
