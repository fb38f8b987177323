package com.example.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affidavit.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that takes JSON lines, and answers as a test tells it to. Thread-safe. */
final class WebhookReceiver implements AutoCloseable {
    private final List<byte[]> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private volatile Reply reply = exchange -> answer(exchange, 204, "");
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile HttpServer server;
    private volatile ExecutorService threads;

    private WebhookReceiver(HttpServer server) {
        this.threads = Executors.newCachedThreadPool();
        this.server = server;
    }

    static WebhookReceiver start() {
        return over(plain(Ports.free()));
    }

    /** Serves what is asked of {@code server}, which listens already. */
    static WebhookReceiver over(HttpServer server) {
        WebhookReceiver receiver = new WebhookReceiver(server);
        receiver.serve();
        return receiver;
    }

    private static HttpServer plain(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:%d/T000/secret-path".formatted(port());
    }

    /** The lines taken, in order. */
    List<byte[]> lines() {
        return List.copyOf(lines);
    }

    List<String> texts() {
        return lines().stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    /** Method, path and headers of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void replyWith(Reply next) {
        reply = next;
    }

    void replyWith(int status, String body, String... headers) {
        reply = exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            answer(exchange, status, body);
        };
    }

    /** Refuses with {@code status}, and repeats the path, the query and the headers as error pages do. */
    void replyWithEcho(int status) {
        reply = exchange -> {
            String body = "no %s for %s. %s"
                    .formatted(
                            exchange.getRequestURI().getRawPath(),
                            exchange.getRequestURI().getRawQuery(),
                            exchange.getRequestHeaders().get("Authorization"));
            answer(exchange, status, body);
        };
    }

    void hang() {
        hanging = new CountDownLatch(1);
    }

    /** Returns when the receiver stops. */
    void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped.countDown();
        server.stop(0);
        hanging.countDown();
        threads.shutdownNow();
    }

    void restart() {
        int port = port();
        threads = Executors.newCachedThreadPool();
        server = plain(port);
        serve();
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add("%s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().entrySet()));
        try (exchange) {
            hanging.await();
            reply.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what was sent, keeps it if it is taken, and answers. */
    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (status / 100 == 2) {
            keep(sent);
        }
        byte[] said = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
        exchange.getResponseBody().write(said);
    }

    private void keep(byte[] sent) {
        int from = 0;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == '\n') {
                lines.add(java.util.Arrays.copyOfRange(sent, from, i));
                from = i + 1;
            }
        }
        if (from != sent.length) {
            throw new AssertionError("the last line has no end");
        }
    }

    /** What is done with a request. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }
}
