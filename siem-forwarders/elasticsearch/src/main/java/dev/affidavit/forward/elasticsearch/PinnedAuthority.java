package dev.affidavit.forward.elasticsearch;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one authority whose certificate has this SHA-256, which the server has to show. What the server shows beside it
 * must be issued by it: an authority's certificate is public, and anybody can put it behind one of his own. (The client's
 * {@code TransportUtils.sslContextFromCaFingerprint} looks at the last certificate alone.)
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
    private final byte[] fingerprint;

    /** @param fingerprint SHA-256 in hexadecimal digits */
    PinnedAuthority(String fingerprint) {
        this.fingerprint = HexFormat.of().parseHex(fingerprint);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authority(chain).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authority(chain).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authority(chain).checkServerTrusted(chain, authType);
    }

    private X509ExtendedTrustManager authority(X509Certificate[] chain) throws CertificateException {
        try {
            for (X509Certificate certificate : chain) {
                byte[] found = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                if (Arrays.equals(found, fingerprint)) {
                    return trusting(certificate);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
        throw new UnknownAuthorityException(
                "shows no certificate with the SHA-256 of caFingerprint: look at that, and let the server show the"
                        + " certificate of its authority, or use caFile");
    }

    private static X509ExtendedTrustManager trusting(X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new IllegalStateException("every JVM has one");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
