package dev.affidavit.examples;

import dev.affidavit.testkit.Program;
import dev.affidavit.testkit.syslog.RsyslogServer;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where the shop's events are forwarded to: rsyslog if it is installed and starts, else a small receiver in this JVM. */
final class Receiver implements AutoCloseable {
    private final String name;
    private final int port;
    private final Supplier<List<String>> messages;
    private final Closeable server;

    private Receiver(String name, int port, Supplier<List<String>> messages, Closeable server) {
        this.name = name;
        this.port = port;
        this.messages = messages;
        this.server = server;
    }

    static Receiver start() {
        if (Program.find("rsyslogd").isEmpty()) {
            return embedded("rsyslogd is not installed");
        }
        try {
            return rsyslog();
        } catch (IOException | RuntimeException | AssertionError e) {
            return embedded("rsyslogd does not start: " + e.getMessage());
        }
    }

    private static Receiver rsyslog() throws IOException {
        Path directory = Files.createTempDirectory("affidavit-rsyslog");
        RsyslogServer server = RsyslogServer.start(directory);
        return new Receiver("rsyslogd", server.port(), server::messages, () -> {
            server.close();
            delete(directory);
        });
    }

    static Receiver embedded(String reason) {
        SyslogReceiver server = SyslogReceiver.start();
        return new Receiver(
                "the embedded receiver (%s)".formatted(reason),
                server.port(),
                () -> server.messages().stream().map(SyslogMessage::text).toList(),
                server);
    }

    int port() {
        return port;
    }

    /** The audit lines that arrived, in order. */
    List<String> messages() {
        return messages.get();
    }

    /** What it is, as the summary says it. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
