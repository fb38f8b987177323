package dev.affidavit.encryption;

import java.io.IOException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/** Keys of which each is made from all that it was asked for with; it can be told to fail. */
public final class TestKeyProvider implements KeyProvider {
    enum Fault {
        NONE,
        REFUSES,
        BREAKS,
        CANNOT_UNWRAP,
        UNWRAPS_WRONGLY
    }

    static volatile Fault fault = Fault.NONE;

    @Override
    public String scheme() {
        return "test";
    }

    @Override
    public KeyEncryptionKey open(KeyRequest request) throws IOException {
        String secret = request.secret() == null ? "" : request.secret().reveal();
        KeyEncryptionKey key =
                KeyEncryptionKey.of(Samples.keyBytes(request.keyId() + " " + request.name() + " " + secret));
        return switch (fault) {
            case NONE -> key;
            case REFUSES -> throw new IOException("the service does not answer");
            case BREAKS -> throw new IllegalStateException("broken");
            case CANNOT_UNWRAP, UNWRAPS_WRONGLY -> new FaultyKey(key, fault);
        };
    }

    private record FaultyKey(KeyEncryptionKey key, Fault fault) implements KeyEncryptionKey {
        @Override
        public WrappedKey wrap(byte[] contentKey, SecureRandom random) throws IOException {
            return key.wrap(contentKey, random);
        }

        @Override
        public byte[] unwrap(WrappedKey wrapped) throws AEADBadTagException {
            if (fault == Fault.CANNOT_UNWRAP) {
                throw new AEADBadTagException();
            }
            return new byte[KeyEncryptionKey.BYTES];
        }
    }
}
