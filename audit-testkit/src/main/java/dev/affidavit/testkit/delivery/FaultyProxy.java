package dev.affidavit.testkit.delivery;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Stands before a receiver on 127.0.0.1, passes bytes on, and breaks connections as it is told. Thread-safe. */
public final class FaultyProxy implements Closeable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final int target;
    private final ServerSocket server;
    private final Thread acceptor;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong untilReset = new AtomicLong(NEVER);
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean holdsReplies;
    private volatile int bytesPerSecond;

    private FaultyProxy(int target, ServerSocket server) {
        this.target = target;
        this.server = server;
        this.acceptor = daemon(this::accept);
    }

    /** One that passes everything on. */
    public static FaultyProxy before(int target) {
        return before(target, Ports.free());
    }

    /** The same at a port of the test's choice, as that of a proxy that was closed. */
    public static FaultyProxy before(int target, int port) {
        try {
            FaultyProxy proxy = new FaultyProxy(target, new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
            proxy.acceptor.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections it has taken. */
    public int accepted() {
        return accepted.get();
    }

    /** Once: when so many more bytes came from clients, the receiver gets the last of them, and every connection is reset. */
    public void resetAfter(long bytes) {
        untilReset.set(bytes);
    }

    /** Passes no more than so many bytes a second from each client. */
    public void slowDown(int limit) {
        bytesPerSecond = limit;
    }

    /** Keeps what the receiver answers, until {@link #passReplies}. */
    public void holdReplies() {
        holdsReplies = true;
    }

    public void passReplies() {
        holdsReplies = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                open.add(client);
                connect(client);
            } catch (IOException e) {
                // The proxy is closed, or this client is gone.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket receiver = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(receiver);
            daemon(() -> pass(client, receiver, this::passOn)).start();
            daemon(() -> pass(receiver, client, this::passBack)).start();
        } catch (IOException e) {
            reset(client); // as the receiver's machine would, where nobody listens
        }
    }

    /** Passes bytes in one direction, until one side ends. */
    private static void pass(Socket from, Socket to, Step step) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                step.pass(buffer, length, out);
            }
        } catch (IOException e) {
            // A connection was reset, by us or by a side.
        }
    }

    private void passOn(byte[] buffer, int length, OutputStream out) throws IOException {
        long left = untilReset.get() == NEVER ? NEVER : untilReset.addAndGet(-length);
        if (left <= 0) {
            untilReset.set(NEVER);
            out.write(buffer, 0, (int) Math.max(0, length + left));
            open.forEach(FaultyProxy::reset);
            return;
        }
        out.write(buffer, 0, length);
        int rate = bytesPerSecond;
        if (rate > 0) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() * length / rate);
        }
    }

    private void passBack(byte[] buffer, int length, OutputStream out) throws IOException {
        while (holdsReplies && !server.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        out.write(buffer, 0, length);
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A socket that a thread waits for is open, for the kernel, until that thread has noticed.
        try {
            Deadline.await("the end of the acceptor", STOP_LIMIT, () -> !acceptor.isAlive());
        } finally {
            open.forEach(FaultyProxy::reset);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    }

    /** What becomes of bytes on their way. */
    private interface Step {
        void pass(byte[] buffer, int length, OutputStream out) throws IOException;
    }
}
