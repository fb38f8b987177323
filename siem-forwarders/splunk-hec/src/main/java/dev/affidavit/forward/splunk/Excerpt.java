package dev.affidavit.forward.splunk;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The beginning of an answer's body: who answers may talk for ever. */
final class Excerpt implements Consumer<Optional<byte[]>> {
    /** Splunk says less than 200 bytes. */
    private static final int MAX_BYTES = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public synchronized void accept(Optional<byte[]> next) {
        next.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, MAX_BYTES - kept.size())));
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }
}
