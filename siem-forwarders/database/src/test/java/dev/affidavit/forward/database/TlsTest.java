package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.spi.Destination;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.database.PostgresServer;
import dev.affidavit.testkit.extension.SampleLines;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server with TLS, which is given one certificate after another; who comes as {@code client} shows one too. */
@RequiresProgram("postgres")
@Tag("receivers")
final class TlsTest {
    private static final TestCertificates FILES = TestCertificates.shared();
    private static final String PROPERTY = "affidavit.test.tls";
    private static final String KEY_PROPERTY = "affidavit.test.tls.key";

    private static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws SQLException {
        System.setProperty(PROPERTY, "pw-of-tls");
        System.setProperty(KEY_PROPERTY, TestCertificates.PASSWORD);
        server = PostgresServer.startWith(shown(FILES.server()));
        try (Connection admin = Sql.connect(
                "jdbc:postgresql://localhost:%d/postgres?sslmode=verify-full&sslrootcert=%s"
                        .formatted(server.port(), FILES.ca()),
                "postgres",
                PostgresServer.PASSWORD)) {
            Sql.run(admin, "CREATE USER client PASSWORD 'pw-of-tls'");
            Sql.run(admin, "CREATE DATABASE audit OWNER client");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        System.clearProperty(PROPERTY);
        System.clearProperty(KEY_PROPERTY);
    }

    @AfterEach
    void showTheGoodOne() {
        server.show(shown(FILES.server()));
    }

    private static PostgresServer.Certificates shown(TestIdentity identity) {
        return new PostgresServer.Certificates(identity.certificate(), identity.key(), FILES.ca());
    }

    private Map<String, String> options(Path authority, TestIdentity client) {
        try {
            // The driver knows by the name what is in it.
            Path key = Files.copy(client.key(), directory.resolve("key.pem"));
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return with("&sslrootcert=%s&sslcert=%s&sslkey=%s&pemKeyAlgorithm=EC"
                    .formatted(authority, client.certificate(), key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> with(String properties) {
        return Map.of(
                "url",
                "jdbc:postgresql://localhost:%d/audit?sslmode=verify-full%s".formatted(server.port(), properties),
                "user",
                "client",
                "password",
                "sys:" + PROPERTY,
                "keyPassword",
                "sys:" + KEY_PROPERTY);
    }

    private Map<String, String> options() {
        return options(FILES.ca(), FILES.client());
    }

    private static void requireRefusal(Map<String, String> options, String reason) {
        assertThatThrownBy(() -> Destinations.open(options))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("localhost:" + server.port())
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("pw-of-tls");
    }

    @Test
    void shouldDeliverWhereBothSidesAreWhoTheySay() throws IOException {
        try (Destination destination = Destinations.open(options())) {
            assertThat(destination.deliver(SampleLines.lines("{}")).settled()).isOne();
        }
    }

    @Test
    void shouldShowACertificateOfAKeyStore() throws Exception {
        Path store = directory.resolve("client.p12");
        KeyStore given =
                KeyStore.getInstance(FILES.client().keyStore().toFile(), TestCertificates.PASSWORD.toCharArray());
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("user", given.getKey("client", password), password, given.getCertificateChain("client"));
        try (OutputStream out = Files.newOutputStream(store)) {
            own.store(out, password);
        }

        try (Destination destination =
                Destinations.open(with("&sslrootcert=%s&sslkey=%s".formatted(FILES.ca(), store)))) {
            assertThat(destination.deliver(SampleLines.lines("{}")).settled()).isOne();
        }
    }

    @Test
    void shouldRefuseACertificateThatHasExpired() {
        server.show(shown(FILES.expiredServer()));

        requireRefusal(options(), "shows a certificate that has expired");
    }

    @Test
    void shouldRefuseACertificateThatNobodyIssued() {
        server.show(shown(FILES.selfSigned()));

        requireRefusal(options(), "no trusted authority has issued: name its authority in sslrootcert");
    }

    @Test
    void shouldRefuseACertificateOfAnotherAuthority() {
        server.show(shown(FILES.serverOfOtherCa()));

        requireRefusal(options(), "no trusted authority has issued: name its authority in sslrootcert");
    }

    @Test
    void shouldRefuseACertificateForAnotherHost() {
        server.show(shown(FILES.elsewhere()));

        requireRefusal(options(), "shows a certificate for another host");
    }

    @Test
    void shouldSayThatTheServerWantsACertificate() {
        requireRefusal(with("&sslrootcert=" + FILES.ca()), "connection requires a valid client certificate");
    }

    @Test
    void shouldSayThatTheServerRefusesOurs() {
        requireRefusal(options(FILES.ca(), FILES.clientOfOtherCa()), "connection requires a valid client certificate");
    }

    @Test
    void shouldSayWhatIsWrongWithTheKey() throws IOException {
        Map<String, String> options = options();
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

        requireRefusal(options, "key.pem\" has group or world access");
    }

    @Test
    void shouldSayThatTheAuthorityIsMissing() {
        requireRefusal(options(Path.of("/no/such/file"), FILES.client()), "sslrootcert");
    }

    @Test
    void shouldNotGoOnWithoutTlsWhereTheServerHasNone() {
        int port = PostgresDatabase.server().port();

        assertThatThrownBy(() -> Destinations.open(
                        Map.of("url", "jdbc:postgresql://localhost:%d/postgres?sslmode=verify-full".formatted(port))))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("sslmode=disable");
    }
}
