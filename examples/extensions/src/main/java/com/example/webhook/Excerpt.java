package com.example.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The beginning of what a server says, fit for a message: a server may talk for ever, and say anything. */
final class Excerpt implements Consumer<Optional<byte[]>> {
    private static final int MAX_LENGTH = 200;
    /** In UTF-8, of each {@code char}. */
    private static final int MAX_BYTES = 3;

    private final Confidential confidential;
    private final int room;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Excerpt(Confidential confidential) {
        this.confidential = confidential;
        this.room = MAX_BYTES * (MAX_LENGTH + confidential.longest()); // a secret at the end is still seen to be one
    }

    @Override
    public synchronized void accept(Optional<byte[]> next) {
        next.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, room - kept.size())));
    }

    synchronized String text() {
        return confidential
                .hiddenIn(kept.toString(StandardCharsets.UTF_8), MAX_LENGTH)
                .replaceAll("[^\\p{Graph}\\p{L}…]+", " ")
                .strip();
    }
}
