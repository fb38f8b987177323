package dev.affidavit.encryption;

import dev.affidavit.config.Secret;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * A key that is opened when it is used first: a service that is down when an application starts must not keep it from recording
 * once it is up. Equal to one by the same reference.
 */
final class LazyKey implements KeyEncryptionKey {
    private final String keyId;
    private final String reference;
    private final @Nullable Secret secret;
    private final KeySources sources;

    /** Held while it is opened, which may take a while. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Written under the lock. */
    private volatile @Nullable KeyEncryptionKey opened;

    LazyKey(String keyId, String reference, @Nullable Secret secret, KeySources sources) {
        this.keyId = keyId;
        this.reference = reference;
        this.secret = secret;
        this.sources = sources;
    }

    @Override
    public WrappedKey wrap(byte[] contentKey, SecureRandom random) throws IOException {
        return opened().wrap(contentKey, random);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws IOException, AEADBadTagException {
        return opened().unwrap(wrapped);
    }

    private KeyEncryptionKey opened() throws EncryptionKeyException {
        KeyEncryptionKey known = opened;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            KeyEncryptionKey now = opened;
            if (now == null) {
                now = sources.open(keyId, reference, secret);
                opened = now;
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LazyKey key
                && key.keyId.equals(keyId)
                && key.reference.equals(reference)
                && Objects.equals(key.secret, secret);
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    @Override
    public String toString() {
        return Shown.of(reference);
    }
}
