package com.example.kms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A small key management service: it has keys by name, and gives none away. Strict about paths, token and lengths. */
final class LocalService implements AutoCloseable {
    static final String TOKEN = "token-of-the-service";

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKeySpec> keys = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    private LocalService(HttpServer server) {
        this.server = server;
    }

    static LocalService start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalService service = new LocalService(server);
        server.createContext("/keys/", service::handle);
        server.start();
        return service;
    }

    /** Makes a key; returns how a configuration refers to it. */
    String newKey(String name) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        keys.put(name, new SecretKeySpec(key, "AES"));
        return reference(name);
    }

    String reference(String name) {
        return "kms:http://127.0.0.1:%d/keys/%s".formatted(server.getAddress().getPort(), name);
    }

    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            SecretKeySpec key = path.length == 4 ? keys.get(path[2]) : null;
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, new byte[0]);
            } else if (key == null) {
                answer(exchange, 404, new byte[0]);
            } else if (path[3].equals("encrypt") && body.length == 32) {
                answer(exchange, 200, encrypt(key, body));
            } else if (path[3].equals("decrypt") && body.length == 60) {
                answer(exchange, 200, decrypt(key, body));
            } else {
                answer(exchange, 400, new byte[0]);
            }
        } catch (AEADBadTagException e) {
            answer(exchange, 422, new byte[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private byte[] encrypt(SecretKeySpec key, byte[] contentKey) throws GeneralSecurityException {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(contentKey);
        byte[] answer = Arrays.copyOf(iv, iv.length + encrypted.length);
        System.arraycopy(encrypted, 0, answer, iv.length, encrypted.length);
        return answer;
    }

    private static byte[] decrypt(SecretKeySpec key, byte[] body) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(body, IV_BYTES))
                .doFinal(body, IV_BYTES, body.length - IV_BYTES);
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
