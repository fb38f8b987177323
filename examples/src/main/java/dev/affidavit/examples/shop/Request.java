package dev.affidavit.examples.shop;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param form the fields of the body
 * @param client where it comes from
 * @param token the secret of the session it belongs to, if it names one
 */
record Request(
        String method,
        String path,
        Map<String, String> form,
        InetSocketAddress client,
        String userAgent,
        Optional<String> token) {
    static final String SESSION_COOKIE = "session";

    private static final int MAX_BODY = 8 * 1024;

    static Request of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new RefusedException(Response.TOO_LARGE, "at most " + MAX_BODY + " bytes, please");
        }
        Headers headers = exchange.getRequestHeaders();
        String userAgent = headers.getFirst("User-Agent");
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                form(new String(body, StandardCharsets.UTF_8)),
                ClientAddress.of(exchange.getRemoteAddress(), headers.getFirst("Forwarded")),
                userAgent == null ? "" : userAgent,
                cookie(headers));
    }

    String address() {
        return client.getAddress().getHostAddress();
    }

    /** @throws RefusedException if the request has no such field */
    String field(String name) {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            throw new RefusedException(Response.BAD_REQUEST, "field '" + name + "' is missing");
        }
        return value;
    }

    /** @throws RefusedException if the request has no such field, or it is not a number from 1 to 999999 */
    int number(String name) {
        String value = field(name);
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new RefusedException(Response.BAD_REQUEST, "field '" + name + "' is not a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Response.BAD_REQUEST, "the body is not a form");
        }
    }

    private static Optional<String> cookie(Headers headers) {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(SESSION_COOKIE + "="))
                .map(cookie -> cookie.substring(SESSION_COOKIE.length() + 1))
                .findFirst();
    }
}
