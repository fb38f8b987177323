package dev.affidavit.encryption;

import java.io.IOException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/** A key behind something that happens at each call. */
record RemoteKey(KeyEncryptionKey key, Call before) implements KeyEncryptionKey {
    interface Call {
        void run() throws IOException;
    }

    @Override
    public WrappedKey wrap(byte[] contentKey, SecureRandom random) throws IOException {
        before.run();
        return key.wrap(contentKey, random);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws IOException, AEADBadTagException {
        before.run();
        return key.unwrap(wrapped);
    }

    @Override
    public String toString() {
        return "a remote key";
    }
}
