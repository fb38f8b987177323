package dev.affidavit.testkit.splunk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ports;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of the HTTP Event Collector's protocol on 127.0.0.1. <b>It is a fake.</b> It was made from Splunk's documents, and from
 * what others measured at Splunk; no Splunk has ever been asked whether it behaves like this. It is stricter than Splunk is said
 * to be: what Splunk takes to somebody's loss is kept in {@link #violations}. A test can tell it to react otherwise. Keeps
 * every event in memory. Thread-safe.
 */
public final class FakeSplunk implements Closeable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** The first byte of who speaks TLS. */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final String EVENT = "/services/collector/event";

    private final HecSetup setup;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<HecRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final HecIndex index;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final HecRules rules;

    /** For requests to the event endpoint, one after another. */
    @GuardedBy("lock")
    private final Deque<Reaction> next = new ArrayDeque<>();

    /** For every request of that path; none otherwise. */
    private volatile String alwaysPath = "";

    private volatile Reaction always = conversation -> {};
    private volatile String cookie = "";
    private volatile ServerSocket server;
    private volatile Thread acceptor;

    private FakeSplunk(HecSetup setup, ServerSocket server) {
        this.setup = setup;
        this.server = server;
        this.acceptor = daemon(() -> accept(server));
        this.index = HecIndex.in(setup.file);
        this.rules = new HecRules(setup, violations::add, index::add);
    }

    public static FakeSplunk start() {
        return start(new HecSetup());
    }

    public static FakeSplunk start(HecSetup setup) {
        FakeSplunk fake = new FakeSplunk(setup, listen(setup.port == 0 ? Ports.free() : setup.port));
        fake.acceptor.start();
        return fake;
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** With {@code localhost} for a host. */
    public String url() {
        return "%s://localhost:%d".formatted(setup.tls == null ? "http" : "https", port());
    }

    /** In order. */
    public List<HecEvent> indexed() {
        return index.events();
    }

    /** What no client of ours may do; empty if none did. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** In the order of their arrival. */
    public List<HecRequest> requests() {
        return List.copyOf(requests);
    }

    /** Those of the event endpoint. */
    public List<HecRequest> submissions() {
        return requests.stream()
                .filter(request -> request.path().startsWith(EVENT))
                .toList();
    }

    /** How many connections were made since the start. */
    public int accepted() {
        return accepted.get();
    }

    /** Reacts so to the next request to the event endpoint that nothing else is told for. */
    public void react(Reaction... reactions) {
        lock.lock();
        try {
            next.addAll(List.of(reactions));
        } finally {
            lock.unlock();
        }
    }

    /** Answers so to the next requests to the event endpoint, and indexes nothing of them. */
    public void reply(HecReply... replies) {
        for (HecReply reply : replies) {
            react(conversation -> conversation.reply(reply));
        }
    }

    /** From now on reacts so to every request whose path begins so; the empty path ends it. */
    public void reactAlways(String path, Reaction reaction) {
        always = reaction;
        alwaysPath = path;
    }

    /** Takes what is asked as usual, and returns the answer instead of sending it. */
    public HecReply take(HecConversation conversation) throws IOException {
        HecRequest request = conversation.request();
        request.rawBody();
        lock.lock();
        try {
            return rules.answer(request, cookie);
        } finally {
            lock.unlock();
        }
    }

    /** Is opened when this ends. */
    public CountDownLatch end() {
        return end;
    }

    /** From now on each reply sets this cookie, such as {@code AWSELB=node1}; and another one means another indexer. */
    public void cookie(String nameAndValue) {
        lock.lock();
        try {
            cookie = nameAndValue;
            rules.restart();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets which requests wait for an acknowledgement, and their events. */
    public void forgetChannels() {
        lock.lock();
        try {
            rules.restart();
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket connection) {
        try (connection) {
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            // Its own thread has closed it meanwhile.
        }
    }

    /** Resets every connection and stops listening. What was not indexed is lost. */
    public void stop() {
        forgetChannels();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(FakeSplunk::reset);
        // A socket that a thread waits for is open, for the kernel, until that thread has noticed.
        Deadline.await("the end of the fake's thread", STOP_LIMIT, () -> !acceptor.isAlive());
    }

    /** Listens again, at the same port. */
    public void restart() {
        server = listen(server.getLocalPort());
        ServerSocket listening = server;
        acceptor = daemon(() -> accept(listening));
        acceptor.start();
    }

    @Override
    public void close() {
        stop();
        end.countDown();
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                accepted.incrementAndGet();
                if (listening.isClosed()) {
                    connection.close();
                }
                daemon(() -> converse(connection)).start();
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was accepted.
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            try {
                answerAll(setup.tls == null ? connection : secured(connection, setup.tls));
            } catch (SSLException e) {
                // Closed with something unread, a connection is reset, and the alert is lost on its way.
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            // The client is gone.
        } finally {
            connections.remove(connection);
        }
    }

    private Socket secured(Socket connection, SSLContext context) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(connection, null, connection.getPort(), false);
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(setup.clientCertificate);
        return secured;
    }

    private void answerAll(Socket connection) throws IOException {
        BufferedInputStream in = new BufferedInputStream(connection.getInputStream(), 64 * 1024);
        in.mark(1);
        if (in.read() == TLS_HANDSHAKE) {
            HecConversation.refuse(connection);
            in.readAllBytes(); // closed with something unread, the answer may be lost on its way
            return;
        }
        in.reset();
        Optional<HecRequest> request = HecRequest.read(in);
        while (request.isPresent() && !connection.isClosed()) {
            requests.add(request.get());
            reactTo(new HecConversation(request.get(), in, connection, cookie));
            request = HecRequest.read(in);
        }
    }

    private void reactTo(HecConversation conversation) throws IOException {
        Reaction told = told(conversation.request().path());
        if (told != null) {
            told.to(conversation);
        } else {
            conversation.reply(take(conversation));
        }
    }

    private @Nullable Reaction told(String path) {
        if (!alwaysPath.isEmpty() && path.startsWith(alwaysPath)) {
            return always;
        }
        lock.lock();
        try {
            return path.startsWith(EVENT) ? next.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "a fake of Splunk's HTTP Event Collector on " + url();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-splunk");
        thread.setDaemon(true);
        return thread;
    }
}
