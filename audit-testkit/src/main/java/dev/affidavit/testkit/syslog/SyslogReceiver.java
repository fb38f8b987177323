package dev.affidavit.testkit.syslog;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A syslog receiver within this JVM: octet counting (RFC 6587) or RELP over TCP on 127.0.0.1, RFC 5424 to the letter. It is
 * not rsyslog, and stricter: the first breach of a rule is kept in {@link #violations} and ends its connection. Keeps every
 * message in memory. Thread-safe.
 */
public final class SyslogReceiver implements Closeable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final int NEVER = Integer.MAX_VALUE;

    private final ServerSocket server;
    private final boolean relp;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<SyslogMessage> messages = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger resetAfter = new AtomicInteger(NEVER);
    private final Thread acceptor = daemon(this::accept);
    private volatile boolean reading = true;
    private volatile @Nullable String refusal;

    private SyslogReceiver(ServerSocket server, boolean relp) {
        this.server = server;
        this.relp = relp;
    }

    /** Listens on a free port. */
    public static SyslogReceiver start() {
        return start(Ports.free());
    }

    /** Listens on {@code port}, such as one that an earlier receiver had. */
    public static SyslogReceiver start(int port) {
        return start(port, false);
    }

    /** Speaks RELP, on a free port. */
    public static SyslogReceiver startRelp() {
        return start(Ports.free(), true);
    }

    /** Speaks RELP. */
    public static SyslogReceiver startRelp(int port) {
        return start(port, true);
    }

    private static SyslogReceiver start(int port, boolean relp) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            SyslogReceiver receiver = new SyslogReceiver(server, relp);
            receiver.acceptor.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What arrived, in order, over all connections. */
    public List<SyslogMessage> messages() {
        return List.copyOf(messages);
    }

    /** What broke a rule; empty if nothing did. A connection that ended within a frame broke none. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many connections were made since the start. */
    public int accepted() {
        return accepted.get();
    }

    /**
     * Waits for messages.
     *
     * @return all that arrived, at least {@code count}
     * @throws AssertionError if they do not arrive within {@code limit}
     */
    public List<SyslogMessage> await(int count, Duration limit) {
        Deadline.await(count + " messages arrive", limit, () -> messages.size() >= count);
        return messages();
    }

    /** Reads nothing from now on, as a receiver that hangs. */
    public void stall() {
        reading = false;
    }

    /** Reads again. */
    public void goOn() {
        reading = true;
    }

    /** Takes no message from now on, and answers with this text, where there are answers; null to take them again. */
    public void refuse(@Nullable String reason) {
        refusal = reason;
    }

    /** Resets the connection, once, when {@code count} more messages have arrived: within a batch, for its sender. */
    public void resetAfter(int count) {
        resetAfter.set(count);
    }

    /** Resets every connection and stops listening: what a receiver that was killed looks like. */
    @Override
    public void close() {
        try (server) {
            connections.forEach(SyslogReceiver::reset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A socket that a thread waits for is open, for the kernel, until that thread has noticed.
        Deadline.await(
                "the end of the receiver's threads", STOP_LIMIT, () -> !acceptor.isAlive() && connections.isEmpty());
    }

    @Override
    public String toString() {
        return "embedded syslog receiver (not rsyslog) on 127.0.0.1 port " + port();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                accepted.incrementAndGet();
                if (server.isClosed()) {
                    reset(connection);
                }
                daemon(() -> receive(connection)).start();
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was accepted.
            }
        }
    }

    private void receive(Socket connection) {
        try (connection) {
            MessageStream stream = stream(connection);
            byte[] frame = stream.next();
            while (frame != null) {
                SyslogMessage message = MessageParser.parse(frame);
                String reason = refusal;
                if (reason == null) {
                    messages.add(message);
                }
                if (resetAfter.get() != NEVER && resetAfter.decrementAndGet() == 0) {
                    resetAfter.set(NEVER);
                    reset(connection);
                    return; // what was read ahead is lost, as it is to a sender
                }
                awaitReading();
                stream.answer(reason);
                frame = stream.next();
            }
        } catch (EOFException | SocketException e) {
            // The sender died or was cut off; what it had not finished is no message.
        } catch (IOException | IllegalArgumentException e) {
            violations.add(String.valueOf(e.getMessage()));
        } finally {
            connections.remove(connection);
        }
    }

    private MessageStream stream(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        return relp ? new RelpReader(in, new BufferedOutputStream(connection.getOutputStream())) : new FrameReader(in);
    }

    private void awaitReading() {
        while (!reading && !server.isClosed()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static void reset(Socket connection) {
        try (connection) {
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "syslog-receiver");
        thread.setDaemon(true);
        return thread;
    }
}
