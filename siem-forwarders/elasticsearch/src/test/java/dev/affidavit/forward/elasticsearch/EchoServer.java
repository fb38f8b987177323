package dev.affidavit.forward.elasticsearch;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Not Elasticsearch: gives each request one answer, in which {@code $AUTH} is what the client said of itself. */
final class EchoServer implements Closeable {
    static final String JSON = "application/vnd.elasticsearch+json;compatible-with=8";

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("X-Elastic-Product", "Elasticsearch"));
    private final int status;
    private final String body;

    private EchoServer(HttpServer server, int status, String body) {
        this.server = server;
        this.status = status;
        this.body = body;
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                exchange.getRequestBody().readAllBytes();
                byte[] answer = body.replace(
                                "$AUTH",
                                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))
                        .getBytes(StandardCharsets.UTF_8);
                headers.forEach(exchange.getResponseHeaders()::add);
                exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    static EchoServer answering(int status, String body) throws IOException {
        return new EchoServer(HttpServer.create(anyPort(), 0), status, body).with("Content-Type", JSON);
    }

    /** One that asks for a certificate of the client if {@code needsClient}. */
    static EchoServer overTls(SSLContext context, boolean needsClient, String body) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = context.getDefaultSSLParameters();
                parameters.setNeedClientAuth(needsClient);
                connection.setSSLParameters(parameters);
            }
        });
        return new EchoServer(server, 200, body).with("Content-Type", JSON);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    EchoServer with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    EchoServer without(String header) {
        headers.remove(header);
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public String toString() {
        return "%d %s".formatted(status, body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
