package dev.affidavit.forward.elasticsearch;

import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How this client says who it is, if at all. Shows no secret. */
record Credentials(
        @Nullable Secret apiKey,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable Secret bearerToken) {
    private static final Pattern HEADER_TEXT = Pattern.compile("[!-~]+");
    /** Shorter parts of a secret would hide words of every message. */
    private static final int SHORTEST_HIDDEN = 4;

    /** Reads {@code apiKey}, {@code user} and {@code password}, {@code bearerToken}: one of the three, or none. */
    static Credentials of(Options options) {
        Credentials read = new Credentials(
                options.secret("apiKey"),
                options.text("user"),
                options.secret("password"),
                options.secret("bearerToken"));
        requireHeaderText(options, "apiKey", read.apiKey);
        requireHeaderText(options, "bearerToken", read.bearerToken);
        if (read.user != null && (read.user.isBlank() || read.user.contains(":"))) {
            options.problem("user", "expected a name without a colon, found '" + read.user + "'");
        }
        requireBoth(options, read);
        List<String> ways = new ArrayList<>();
        Stream.of("apiKey", "user", "bearerToken")
                .filter(way -> options.text(way) != null)
                .forEach(ways::add);
        if (ways.size() > 1) {
            options.problem(ways.get(1), "expected one of apiKey, user and bearerToken, found " + ways);
        }
        return read;
    }

    private static void requireHeaderText(Options options, String name, @Nullable Secret secret) {
        if (secret != null && !HEADER_TEXT.matcher(secret.reveal()).matches()) {
            options.problem(name, secret + " holds what cannot stand in a header; expected printable ASCII");
        }
    }

    private static void requireBoth(Options options, Credentials read) {
        if (read.user != null && options.text("password") == null) {
            options.problem("password", "expected a value, since user has one");
        } else if (read.user == null && options.text("password") != null) {
            options.problem("user", "expected a value, since password has one");
        }
    }

    /** The value of {@code Authorization}; null for none. */
    @Nullable
    String header() {
        if (apiKey != null) {
            return "ApiKey " + encodedApiKey(apiKey.reveal());
        }
        if (bearerToken != null) {
            return "Bearer " + bearerToken.reveal();
        }
        return user == null || password == null ? null : "Basic " + base64(user + ":" + password.reveal());
    }

    /** As the server issues it, or the {@code id:key} of which that is made. */
    private static String encodedApiKey(String key) {
        return key.contains(":") ? base64(key) : key;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text without what is secret, for servers repeat what they were sent. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets()) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
    }

    /** Those, what is sent of them, and their parts. */
    private Set<String> secrets() {
        Set<String> secrets = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Secret secret : Arrays.asList(apiKey, password, bearerToken)) {
            if (secret != null) {
                secrets.add(secret.reveal());
            }
        }
        String header = header();
        if (header != null) {
            String sent = header.substring(header.indexOf(' ') + 1);
            secrets.add(sent);
            if (apiKey != null) {
                String key = decoded(sent);
                secrets.add(key);
                secrets.add(key.substring(key.indexOf(':') + 1));
            }
        }
        secrets.removeIf(secret -> secret.length() < SHORTEST_HIDDEN);
        return secrets;
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }
}
