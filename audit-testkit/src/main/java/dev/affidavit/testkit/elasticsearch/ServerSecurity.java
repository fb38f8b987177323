package dev.affidavit.testkit.elasticsearch;

import dev.affidavit.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * HTTPS with {@link TestCertificates#server}, and two users of one password: {@code admin}, who may do everything, and {@value
 * #WRITER}, who may create documents in indices whose names begin with {@code allowed-}.
 */
public record ServerSecurity(String password) {
    public static final String WRITER = "audit_writer";

    private static final String ADMIN = "admin";
    private static final int ITERATIONS = 1000;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BITS = 256;

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("xpack.security.enabled", "true");
        settings.put("xpack.security.enrollment.enabled", "false");
        settings.put("xpack.security.http.ssl.enabled", "true");
        settings.put("xpack.security.http.ssl.certificate", "server.pem");
        settings.put("xpack.security.http.ssl.key", "server.key");
        return settings;
    }

    void write(Path config) throws IOException {
        TestCertificates certificates = TestCertificates.shared();
        Files.copy(certificates.server().certificate(), config.resolve("server.pem"));
        Files.copy(certificates.server().key(), config.resolve("server.key"));
        String hash = hash();
        Files.writeString(config.resolve("users"), "%s:%s\n%s:%s\n".formatted(ADMIN, hash, WRITER, hash));
        Files.writeString(config.resolve("users_roles"), "superuser:%s\nwriter:%s\n".formatted(ADMIN, WRITER));
        Files.writeString(
                config.resolve("roles.yml"),
                "writer:\n  indices:\n    - names: ['allowed-*']\n      privileges: ['create_doc', 'auto_configure']\n");
    }

    /** As the file realm has it. */
    private String hash() {
        byte[] salt = new byte[SALT_BYTES];
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "{PBKDF2}%d$%s$%s".formatted(ITERATIONS, base64.encodeToString(salt), base64.encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((ADMIN + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    SSLContext context() {
        try (InputStream in = Files.newInputStream(TestCertificates.shared().trustStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, TestCertificates.PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
