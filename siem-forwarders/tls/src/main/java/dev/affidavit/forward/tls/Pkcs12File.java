package dev.affidavit.forward.tls;

import dev.affidavit.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** A PKCS#12 store (RFC 7292) in a file. */
final class Pkcs12File {
    private Pkcs12File() {}

    static KeyStore read(Path file, @Nullable Secret password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password(password));
        } catch (java.nio.file.FileSystemException e) {
            throw TlsFileException.unreadable(file, e);
        } catch (IOException e) {
            throw new TlsFileException(
                    "%s: expected a PKCS#12 store of this password, found another: %s".formatted(file, e.getMessage()),
                    e);
        }
        return store;
    }

    static char[] password(@Nullable Secret secret) {
        return secret == null ? new char[0] : secret.reveal().toCharArray();
    }

    /** Without a certificate a store trusts nobody, and the JDK says so only when it is used. */
    static void requireCertificate(Path file, KeyStore store) throws TlsFileException, KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return;
            }
        }
        throw new TlsFileException(
                "%s: expected a trusted certificate, found none. Add one with keytool -importcert".formatted(file));
    }

    static void requireKey(Path file, KeyStore store) throws TlsFileException, KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return;
            }
        }
        throw new TlsFileException("%s: expected a private key and its certificate, found none".formatted(file));
    }
}
