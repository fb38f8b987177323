package com.example.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The beginning of what a server says, fit for a message: a server may talk for ever, and say anything. */
final class Excerpt implements Consumer<Optional<byte[]>> {
    private static final int MAX_BYTES = 200;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public synchronized void accept(Optional<byte[]> next) {
        next.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, MAX_BYTES - kept.size())));
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8)
                .replaceAll("[^\\p{Graph}\\p{L}]+", " ")
                .strip();
    }
}
