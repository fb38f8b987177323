package dev.affidavit.forward.splunk;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.splunk.FakeSplunkProgram;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fake of Splunk as a process of its own. What it has not indexed when it is killed is lost. */
final class FakeProcess implements ReceiverUnderTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final boolean acknowledged;
    private final IndexedLines indexed;
    private ChildJvm process;

    /** @param acknowledged whether the token acknowledges, and the client asks for it */
    FakeProcess(Path directory, boolean acknowledged) {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
        this.directory = directory;
        this.port = Ports.free();
        this.acknowledged = acknowledged;
        this.indexed = new IndexedLines(directory.resolve("indexed"));
        this.process = launch();
    }

    private ChildJvm launch() {
        ChildJvm.Builder child =
                ChildJvm.of(FakeSplunkProgram.class).argument(port).argument(directory.resolve("indexed"));
        if (acknowledged) {
            child.argument("ack");
        }
        ChildJvm launched = child.start(directory.resolve("output"), directory.resolve("violations"));
        Deadline.await("the fake listens on " + port, SOON, this::listens);
        return launched;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public DestinationProvider provider() {
        return new HecProvider();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Map<String, String> options(int through, Duration timeout) {
        String limit = "%ds".formatted(timeout.toSeconds());
        Map<String, String> options = new HashMap<>();
        options.put("url", "http://localhost:" + through);
        options.put("token", "sys:" + FakeUnderTest.TOKEN_PROPERTY);
        options.put("requestTimeout", limit);
        options.put("connectTimeout", limit);
        if (acknowledged) {
            options.put("ack", "true");
            options.put("ackTimeout", limit);
            options.put("ackInterval", "100ms");
        }
        return options;
    }

    @Override
    public Map<String, String> systemProperties() {
        return Map.of(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
    }

    @Override
    public boolean keepsWhatItAcknowledged() {
        return true;
    }

    @Override
    public List<String> received() {
        return indexed.all();
    }

    @Override
    public int count() {
        return indexed.count();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void start() {
        process = launch();
    }

    @Override
    public void suspend() {
        process.suspend();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.closeInput();
            process.awaitExit(SOON);
        }
        try {
            String violations = Files.readString(directory.resolve("violations"));
            if (!violations.isEmpty()) {
                throw new AssertionError(violations);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
