package dev.affidavit.encryption;

import dev.affidavit.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A PKCS#12 store (RFC 7292) with keys for AES, each under its key id as alias. */
final class Pkcs12Keys {
    private Pkcs12Keys() {}

    static KeyEncryptionKey open(String keyId, String path, @Nullable Secret secret) throws IOException {
        if (secret == null) {
            throw new IOException("expected the password of the PKCS#12 store, found none");
        }
        byte[] content = KeyFile.bytes(path);
        char[] password = secret.reveal().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            load(store, content, password);
            if (!store.isKeyEntry(keyId)) {
                throw new IOException("expected a key under the alias %s, found only %s. Add it with keytool -genseckey"
                        .formatted(keyId, new TreeSet<>(Collections.list(store.aliases()))));
            }
            return key(store.getKey(keyId, password));
        } catch (GeneralSecurityException e) {
            throw new IOException("expected an AES key that the store's password opens, found: " + e, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void load(KeyStore store, byte[] content, char[] password)
            throws IOException, GeneralSecurityException {
        try {
            store.load(new ByteArrayInputStream(content), password);
        } catch (IOException e) {
            throw new IOException("expected a PKCS#12 store of this password, found another: " + e.getMessage(), e);
        }
    }

    private static KeyEncryptionKey key(@Nullable Key key) throws IOException {
        if (key == null || !key.getAlgorithm().equals("AES")) {
            throw new IOException(
                    "expected a key for AES, found one for " + (key == null ? "nothing" : key.getAlgorithm()));
        }
        byte[] bytes = key.getEncoded();
        try {
            return KeyText.key(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
