package dev.affidavit.testkit.witness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affidavit.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A witness as C2SP tlog-witness describes it, on this machine: it takes checkpoints of the logs that it is told to trust, sees to
 * it that they are only added to, and cosigns them. What is no request of that document it keeps as a {@link #faults fault}.
 * Thread-safe.
 */
public final class FakeWitness implements AutoCloseable {
    private static final String ADD_CHECKPOINT = "/add-checkpoint";
    private static final String ELSEWHERE = "/elsewhere";

    private static final int OK = 200;
    private static final int REDIRECT = 307;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    private final String name;
    private final KeyPair key = Keys.generate();
    private final KeyPair stranger = Keys.generate();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AddCheckpoint> requests = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, byte[]> logKeys = new HashMap<>();

    @GuardedBy("lock")
    private final Map<String, AddCheckpoint> latest = new HashMap<>();

    private volatile Mood mood = Mood.HONEST;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile @Nullable HttpServer server;
    /** Nobody takes it while the witness is away. */
    private final int port = Ports.free();

    private FakeWitness(String name) {
        this.name = name;
    }

    /** What it does with requests. */
    public enum Mood {
        HONEST,
        /** It answers 503. */
        OVERLOADED,
        /** It answers nothing until its mood changes. */
        HANGING,
        /** Its signatures are good, and of another text. */
        FORGING,
        /** It signs with another key. */
        DISGUISED,
        /** It calls every proof wrong. */
        DISBELIEVING,
        /** It sends clients elsewhere: to itself, where an honest answer is. */
        REDIRECTING,
        /** It answers with what is no end of bytes to read. */
        TALKATIVE
    }

    /** One with a new key. */
    public static FakeWitness start(String name) throws IOException {
        FakeWitness witness = new FakeWitness(name);
        witness.start();
        return witness;
    }

    /** Again, after {@link #stop}, where it was. */
    public void start() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.setExecutor(threads);
        listening.createContext("/", this::answer);
        listening.start();
        server = listening;
    }

    public void stop() {
        HttpServer listening = server;
        if (listening != null) {
            listening.stop(0);
        }
    }

    /** The submission prefix. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/witness");
    }

    /** {@code name+id+key}. */
    public String key() {
        return Keys.text(name, Keys.COSIGNATURE, Keys.bytes(key.getPublic()));
    }

    public void mood(Mood other) {
        CountDownLatch before = hanging;
        if (other == Mood.HANGING) {
            hanging = new CountDownLatch(1);
        }
        mood = other;
        before.countDown();
    }

    /** The note with its cosignature, whatever it is. */
    public String cosigned(String note) {
        return note + cosignature(name, key, note.substring(0, note.indexOf("\n\n") + 1));
    }

    /** From now on takes checkpoints of the log of this key, {@code name+id+key}. */
    public void trust(String logKey) {
        String[] parts = logKey.split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        byte[] bytes = Arrays.copyOfRange(typed, 1, typed.length);
        if (typed[0] != Keys.NOTE || !logKey.equals(Keys.text(parts[0], Keys.NOTE, bytes))) {
            throw new IllegalArgumentException("not the key of a log: " + logKey);
        }
        lock.lock();
        try {
            logKeys.put(parts[0], bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no checkpoints any more. */
    public void distrustAll() {
        lock.lock();
        try {
            logKeys.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what it saw. */
    public void forget() {
        lock.lock();
        try {
            latest.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The size that it saw last of this log; 0 if it saw none. */
    public long size(String origin) {
        lock.lock();
        try {
            AddCheckpoint seen = latest.get(origin);
            return seen == null ? 0 : seen.size();
        } finally {
            lock.unlock();
        }
    }

    /** What it was asked, in order. */
    public List<AddCheckpoint> requests() {
        return List.copyOf(requests);
    }

    /** What it was asked against the specification. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isElsewhere = exchange.getRequestURI().getPath().startsWith(ELSEWHERE);
            Mood now = mood;
            if (now == Mood.HANGING) {
                await(hanging);
            } else if (now == Mood.TALKATIVE) {
                talk(exchange);
            } else if (now == Mood.OVERLOADED) {
                send(exchange, Reply.of(UNAVAILABLE));
            } else if (now == Mood.REDIRECTING && !isElsewhere) {
                exchange.getResponseHeaders().set("Location", ELSEWHERE + ADD_CHECKPOINT);
                send(exchange, Reply.of(REDIRECT));
            } else {
                send(exchange, answerTo(exchange, body, now));
            }
        }
    }

    private void talk(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(OK, 0);
        byte[] lines = "no end of it\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        while (mood == Mood.TALKATIVE) {
            exchange.getResponseBody().write(lines);
        }
    }

    private Reply answerTo(HttpExchange exchange, String body, Mood now) {
        try {
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().endsWith(ADD_CHECKPOINT)) {
                throw new IllegalArgumentException(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            AddCheckpoint request = AddCheckpoint.parse(body);
            requests.add(request);
            return add(request, now);
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return Reply.of(BAD_REQUEST);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What HTTP carries back. */
    private record Reply(int status, String type, String body) {
        static Reply of(int status) {
            return new Reply(status, "text/plain", "");
        }
    }

    private Reply add(AddCheckpoint request, Mood now) {
        lock.lock();
        try {
            byte[] logKey = logKeys.get(request.origin());
            AddCheckpoint seen = latest.get(request.origin());
            long size = seen == null ? 0 : seen.size();
            Reply conflict = new Reply(CONFLICT, "text/x.tlog.size", size + "\n");
            if (logKey == null) {
                return Reply.of(NOT_FOUND);
            } else if (!request.isSignedBy(request.origin(), logKey)) {
                return Reply.of(FORBIDDEN);
            } else if (request.oldSize() > request.size()) {
                faults.add("old size %d of %d".formatted(request.oldSize(), request.size()));
                return Reply.of(BAD_REQUEST);
            } else if (request.oldSize() != size) {
                return conflict;
            } else if (now == Mood.DISBELIEVING && size > 0) {
                return Reply.of(UNPROCESSABLE);
            }
            byte[] root = seen == null ? new byte[0] : seen.root();
            if (size == request.size() && !Arrays.equals(root, request.root())) {
                return conflict;
            } else if (!ConsistencyProof.holds(size, root, request.size(), request.root(), request.proof())) {
                return Reply.of(UNPROCESSABLE);
            }
            latest.put(request.origin(), request);
            return new Reply(OK, "text/plain", cosignatures(request, now));
        } finally {
            lock.unlock();
        }
    }

    /** Of another witness first, which a client has to pass over. */
    private String cosignatures(AddCheckpoint request, Mood now) {
        List<String> lines = new ArrayList<>();
        lines.add(cosignature("another.example/w", stranger, request.text()));
        lines.add(cosignature(
                name,
                now == Mood.DISGUISED ? stranger : key,
                now == Mood.FORGING ? request.text() + "x" : request.text()));
        return String.join("", lines);
    }

    private static String cosignature(String name, KeyPair signing, String text) {
        long seconds = Instant.now().getEpochSecond();
        byte[] signature = Keys.sign(signing, "cosignature/v1\ntime " + seconds + "\n" + text);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
                .putInt(Keys.id(name, Keys.COSIGNATURE, Keys.bytes(signing.getPublic())))
                .putLong(seconds)
                .put(signature)
                .array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        mood(Mood.HONEST);
        stop();
        threads.shutdownNow();
    }
}
