package dev.affidavit.forward.tls;

import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a forwarder trusts, and how it shows who it is. The options, all of which may be left out:
 *
 * <ul>
 *   <li>{@code caFile}: PEM, the certificates that are trusted instead of those of the JVM; or {@code trustStore}, the same as
 *       PKCS#12, with {@code trustStorePassword}
 *   <li>{@code certificateFile} and {@code keyFile}: PEM, the certificate to show, with those between it and the authority,
 *       and its key (PKCS#8, of {@code keyPassword} if it is encrypted); or {@code keyStore}, both as PKCS#12, with {@code
 *       keyStorePassword}
 *   <li>{@code minTlsVersion}: {@code 1.2}, or {@code 1.3}
 * </ul>
 *
 * The peer's name is always verified (RFC 6125), and nothing switches that off. Immutable; shows no secret.
 */
public record TlsOptions(
        @Nullable Path caFile,
        @Nullable Path trustStore,
        @Nullable Secret trustStorePassword,
        @Nullable Path certificateFile,
        @Nullable Path keyFile,
        @Nullable Secret keyPassword,
        @Nullable Path keyStore,
        @Nullable Secret keyStorePassword,
        boolean onlyTls13) {

    /** Reads the options, and the files once, and reports what is wrong with either. */
    public static TlsOptions of(Options options) {
        TlsOptions read = new TlsOptions(
                options.file("caFile", null),
                options.file("trustStore", null),
                options.secret("trustStorePassword"),
                options.file("certificateFile", null),
                options.file("keyFile", null),
                options.secret("keyPassword"),
                options.file("keyStore", null),
                options.secret("keyStorePassword"),
                onlyTls13(options));
        boolean complete = requireOne(options, "caFile", read.caFile, "trustStore", read.trustStore);
        complete &= requireOne(options, "certificateFile", read.certificateFile, "keyStore", read.keyStore);
        complete &= read.requireOwners(options);
        if (complete) {
            read.tryTrust(options);
            read.tryIdentity(options);
        }
        return read;
    }

    /** Reports each of these options that is there: where no TLS is spoken, they would be silently without effect. */
    public static void refuse(Options options, String reason) {
        for (String name : new String[] {
            "caFile",
            "trustStore",
            "trustStorePassword",
            "certificateFile",
            "keyFile",
            "keyPassword",
            "keyStore",
            "keyStorePassword",
            "minTlsVersion"
        }) {
            options.refuse(name, reason);
        }
    }

    private static boolean onlyTls13(Options options) {
        String version = options.text("minTlsVersion", "1.2");
        if (!version.equals("1.2") && !version.equals("1.3")) {
            options.problem("minTlsVersion", "expected 1.2 or 1.3, found '" + version + "'");
        }
        return version.equals("1.3");
    }

    private static boolean requireOne(
            Options options, String first, @Nullable Path firstFile, String second, @Nullable Path secondFile) {
        if (firstFile != null && secondFile != null) {
            options.problem(second, "expected one of %s and %s, found both".formatted(first, second));
            return false;
        }
        return true;
    }

    private boolean requireOwners(Options options) {
        boolean complete = true;
        if ((certificateFile == null) != (keyFile == null)) {
            options.problem(
                    certificateFile == null ? "certificateFile" : "keyFile",
                    "expected a value, since %s has one"
                            .formatted(certificateFile == null ? "keyFile" : "certificateFile"));
            complete = false;
        }
        complete &= requireOwner(options, "keyPassword", keyPassword, "keyFile", keyFile);
        complete &= requireOwner(options, "keyStorePassword", keyStorePassword, "keyStore", keyStore);
        complete &= requireOwner(options, "trustStorePassword", trustStorePassword, "trustStore", trustStore);
        return complete;
    }

    private static boolean requireOwner(
            Options options, String name, @Nullable Secret secret, String owner, @Nullable Path file) {
        if (secret != null && file == null) {
            options.problem(name, "has no effect without " + owner);
            return false;
        }
        return true;
    }

    private void tryTrust(Options options) {
        try {
            trust();
        } catch (IOException | GeneralSecurityException e) {
            options.problem(caFile != null ? "caFile" : "trustStore", problem(e));
        }
    }

    private void tryIdentity(Options options) {
        try {
            identity();
        } catch (IOException | GeneralSecurityException e) {
            options.problem(keyStore != null ? "keyStore" : "certificateFile", problem(e));
        }
    }

    private static String problem(Exception e) {
        return e instanceof TlsFileException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /**
     * Reads the files again, so that a connection that is opened after a certificate was renewed uses the new one.
     *
     * @throws IOException if a file cannot be read, or does not hold what it should
     */
    public SSLContext context() throws IOException {
        try {
            return context(trust());
        } catch (GeneralSecurityException e) {
            throw notSetUp(e);
        }
    }

    /** The same for a destination that knows another way to say whom it trusts. */
    public SSLContext context(TrustManager trust) throws IOException {
        try {
            return context(new TrustManager[] {trust});
        } catch (GeneralSecurityException e) {
            throw notSetUp(e);
        }
    }

    private SSLContext context(TrustManager @Nullable [] trust) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity(), trust, null);
        return context;
    }

    private static IOException notSetUp(GeneralSecurityException e) {
        return new IOException("TLS cannot be set up: " + e, e);
    }

    /**
     * How the files are now.
     *
     * @throws IOException if one of them is not there
     */
    public TlsStamp stamp() throws IOException {
        return TlsStamp.of(Stream.of(caFile, trustStore, certificateFile, keyFile, keyStore)
                .filter(file -> file != null)
                .toList());
    }

    /** Versions, and that the peer's certificate must be for the host it was asked for. To be set beside the context. */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(onlyTls13 ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Null for those of the JVM. */
    private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
        KeyStore store;
        if (caFile != null) {
            store = PemFile.trust(caFile);
        } else if (trustStore != null) {
            store = Pkcs12File.read(trustStore, trustStorePassword);
            Pkcs12File.requireCertificate(trustStore, store);
        } else {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Null for none. */
    private KeyManager @Nullable [] identity() throws IOException, GeneralSecurityException {
        KeyStore store;
        char[] password;
        if (certificateFile != null && keyFile != null) {
            password = new char[0];
            store = PemFile.identity(certificateFile, keyFile, keyPassword);
        } else if (keyStore != null) {
            password = Pkcs12File.password(keyStorePassword);
            store = Pkcs12File.read(keyStore, keyStorePassword);
            Pkcs12File.requireKey(keyStore, store);
        } else {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
