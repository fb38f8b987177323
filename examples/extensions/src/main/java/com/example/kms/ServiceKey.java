package com.example.kms;

import dev.affidavit.config.Secret;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.WrappedKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * A key that a service has. {@code POST <url>/encrypt} answers 32 bytes with what AES-256-GCM made of them under the key:
 * 12 bytes of IV, 32 of ciphertext, 16 of tag; {@code POST <url>/decrypt} answers those with the 32 bytes, or with 422 if
 * they were not made with this key. Thread-safe.
 */
final class ServiceKey implements KeyEncryptionKey {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_OF_THIS_KEY = 422;
    private static final int TAG_AT = WrappedKey.IV_BYTES + WrappedKey.CIPHERTEXT_BYTES;
    private static final int WRAPPED_BYTES = TAG_AT + WrappedKey.TAG_BYTES;

    private final HttpClient client;
    private final URI url;
    private final Secret token;

    ServiceKey(HttpClient client, URI url, Secret token) {
        this.client = client;
        this.url = url;
        this.token = token;
    }

    @Override
    public WrappedKey wrap(byte[] contentKey, SecureRandom random) throws IOException {
        byte[] wrapped = require(WRAPPED_BYTES, post("encrypt", contentKey));
        return new WrappedKey(
                Arrays.copyOf(wrapped, WrappedKey.IV_BYTES),
                Arrays.copyOfRange(wrapped, WrappedKey.IV_BYTES, TAG_AT),
                Arrays.copyOfRange(wrapped, TAG_AT, WRAPPED_BYTES));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws IOException, AEADBadTagException {
        byte[] bytes = new byte[WRAPPED_BYTES];
        System.arraycopy(wrapped.iv(), 0, bytes, 0, WrappedKey.IV_BYTES);
        System.arraycopy(wrapped.ciphertext(), 0, bytes, WrappedKey.IV_BYTES, WrappedKey.CIPHERTEXT_BYTES);
        System.arraycopy(wrapped.tag(), 0, bytes, TAG_AT, WrappedKey.TAG_BYTES);
        HttpResponse<byte[]> answer = post("decrypt", bytes);
        if (answer.statusCode() == NOT_OF_THIS_KEY) {
            throw new AEADBadTagException(this + " did not encrypt this content key");
        }
        return require(KeyEncryptionKey.BYTES, answer);
    }

    private HttpResponse<byte[]> post(String action, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/" + action))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.reveal())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was waited for", e);
        }
    }

    /** The body is not shown: it may be a key. */
    private byte[] require(int bytes, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != OK) {
            throw new IOException("%s: expected status 200, found %d".formatted(this, answer.statusCode()));
        }
        if (answer.body().length != bytes) {
            throw new IOException("%s: expected %d bytes, found %d".formatted(this, bytes, answer.body().length));
        }
        return answer.body();
    }

    @Override
    public String toString() {
        return "key " + url;
    }
}
