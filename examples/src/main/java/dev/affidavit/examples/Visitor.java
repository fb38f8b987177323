package dev.affidavit.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser, behind the proxy that tells the shop the browser's address. Not thread-safe. */
final class Visitor {
    private static final int OK = 200;

    private final Web web;
    private final String address;
    private final String userAgent;
    private @Nullable String cookie;

    Visitor(Web web, String address, String userAgent) {
        this.web = web;
        this.address = address;
        this.userAgent = userAgent;
    }

    void logIn(Person person) {
        logIn(person.name(), person.password(), OK);
    }

    void logIn(String username, String password, int expected) {
        post("/login", Map.of("username", username, "password", password), expected);
    }

    /** Goes on with the session of somebody else. */
    void steal(Visitor from) {
        cookie = from.cookie;
    }

    boolean isLoggedIn() {
        return cookie != null;
    }

    String get(String path, int expected) {
        return send(web.request(path).GET(), expected);
    }

    String delete(String path, int expected) {
        return send(web.request(path).DELETE(), expected);
    }

    String post(String path, Map<String, String> form, int expected) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                web.request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                expected);
    }

    private String send(HttpRequest.Builder request, int expected) {
        request.header("User-Agent", userAgent).header("Forwarded", "for=\"" + address + "\"");
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = web.send(request.build());
            if (response.statusCode() != expected) {
                throw new IllegalStateException("%s %s: expected %d, found %d: %s"
                        .formatted(
                                response.request().method(),
                                response.uri().getPath(),
                                expected,
                                response.statusCode(),
                                response.body().strip()));
            }
            response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
            return response.body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
