package dev.affidavit.examples.shop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions in use, by the digest of their secret token: the token itself is kept nowhere, and a look-up by digest
 * tells nothing by the time it takes. Thread-safe.
 */
final class Sessions {
    static final Duration IDLE_LIMIT = Duration.ofMinutes(30);

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Session> byKey = new ConcurrentHashMap<>();
    private final InstantSource time;

    Sessions(InstantSource time) {
        this.time = time;
    }

    /** A secret that nobody can guess. */
    static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** A session for who holds {@code token}; it counts once it is {@linkplain #begin begun}. */
    Session forToken(String token, String username, String address, String userAgent) {
        return new Session(digest(token), username, address, userAgent, time.instant());
    }

    void begin(Session session) {
        byKey.put(session.key(), session);
    }

    Optional<Session> find(String token) {
        return Optional.ofNullable(byKey.get(digest(token)));
    }

    void touch(Session session) {
        byKey.computeIfPresent(session.key(), (key, current) -> current.usedAt(time.instant()));
    }

    /** Ends the session. False if somebody else ended it before. */
    boolean end(Session session) {
        return byKey.remove(session.key()) != null;
    }

    boolean isExpired(Session session) {
        return !time.instant().isBefore(session.lastUsed().plus(IDLE_LIMIT));
    }

    List<Session> expired() {
        return byKey.values().stream()
                .filter(this::isExpired)
                .sorted(Comparator.comparing(Session::lastUsed))
                .toList();
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
