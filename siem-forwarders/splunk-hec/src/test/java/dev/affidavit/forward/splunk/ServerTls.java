package dev.affidavit.forward.splunk;

import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server's side of TLS, that trusts clients of the good authority. */
final class ServerTls {
    private ServerTls() {}

    static SSLContext of(TestIdentity identity) {
        char[] password = TestCertificates.PASSWORD.toCharArray();
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(identity.keyStore().toFile(), password), password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    KeyStore.getInstance(TestCertificates.shared().trustStore().toFile(), password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
