package dev.affidavit.forward.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.testkit.Command;
import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.tls.TestCertificates;
import dev.affidavit.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class TlsOptionsTest {
    private static final String PASSWORD_PROPERTY = "affidavit.test.tls.password";

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    @TempDir
    Path directory;

    @BeforeAll
    static void setPasswords() {
        System.setProperty(PASSWORD_PROPERTY, TestCertificates.PASSWORD);
        System.setProperty(PASSWORD_PROPERTY + ".wrong", "wrong-and-secret");
    }

    /** What the options say, and what is wrong with them. */
    private record Read(TlsOptions tls, List<String> problems) {
        static Read of(String... namesAndValues) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            Problems problems = new Problems();
            Options options = new Options(new ConfigNode("AuditForwarder", values, List.of()), "Audit", problems);
            TlsOptions tls = TlsOptions.of(options);
            options.rejectUnknown();
            return new Read(tls, List.copyOf(problems.all()));
        }

        void requireGood(TestIdentity server) throws IOException {
            assertThat(problems).isEmpty();
            assertThat(Handshake.with(server).clientsFailure(tls)).isNull();
        }
    }

    private static String problemOf(String... namesAndValues) {
        List<String> problems = Read.of(namesAndValues).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    void shouldTrustTheAuthorityOfAPemFile() throws IOException {
        Read.of("caFile", CERTIFICATES.ca().toString()).requireGood(CERTIFICATES.server());
    }

    @Test
    void shouldTrustTheAuthorityOfAStore() throws IOException {
        Read.of("trustStore", CERTIFICATES.trustStore().toString(), "trustStorePassword", "sys:" + PASSWORD_PROPERTY)
                .requireGood(CERTIFICATES.server());
    }

    @Test
    void shouldTrustEveryAuthorityOfAPemFile() throws IOException {
        Path both = directory.resolve("both.pem");
        Files.writeString(
                both,
                "Subject: somebody\n" + Files.readString(CERTIFICATES.otherCa()) + Files.readString(CERTIFICATES.ca()));
        Read read = Read.of("caFile", both.toString());

        read.requireGood(CERTIFICATES.server());
        read.requireGood(CERTIFICATES.serverOfOtherCa());
    }

    @Test
    void shouldShowTheCertificateOfPemFiles() throws IOException {
        Read read = Read.of(
                "caFile", CERTIFICATES.ca().toString(),
                "certificateFile", CERTIFICATES.client().certificate().toString(),
                "keyFile", CERTIFICATES.client().key().toString());

        assertThat(read.problems()).isEmpty();
        assertThat(Handshake.with(CERTIFICATES.server()).demanding(CERTIFICATES).clientsFailure(read.tls()))
                .isNull();
    }

    @Test
    void shouldShowTheCertificateOfAStore() throws IOException {
        Read read = Read.of(
                "caFile", CERTIFICATES.ca().toString(),
                "keyStore", CERTIFICATES.client().keyStore().toString(),
                "keyStorePassword", "sys:" + PASSWORD_PROPERTY);

        assertThat(read.problems()).isEmpty();
        assertThat(Handshake.with(CERTIFICATES.server()).demanding(CERTIFICATES).clientsFailure(read.tls()))
                .isNull();
    }

    @Test
    @RequiresProgram("openssl")
    void shouldReadAnEncryptedKey() {
        Path key = directory.resolve("encrypted.key");
        Command.run(
                "openssl",
                "pkcs8",
                "-topk8",
                "-in",
                CERTIFICATES.client().key().toString(),
                "-out",
                key.toString(),
                "-passout",
                "pass:" + TestCertificates.PASSWORD);

        Read read = Read.of(
                "certificateFile", CERTIFICATES.client().certificate().toString(),
                "keyFile", key.toString(),
                "keyPassword", "sys:" + PASSWORD_PROPERTY);

        assertThat(read.problems()).isEmpty();
        assertThat(problemOf(
                        "certificateFile", CERTIFICATES.client().certificate().toString(),
                        "keyFile", key.toString(),
                        "keyPassword", "sys:" + PASSWORD_PROPERTY + ".wrong"))
                .contains(key.toString(), "cannot be decrypted with keyPassword")
                .doesNotContain("wrong-and-secret");
        assertThat(problemOf(
                        "certificateFile", CERTIFICATES.client().certificate().toString(), "keyFile", key.toString()))
                .contains("the key is encrypted; expected keyPassword");
    }

    @Test
    void shouldUseTheCertificateThatIsThereWhenAConnectionIsOpened() throws IOException {
        Path ca = Files.copy(CERTIFICATES.otherCa(), directory.resolve("ca.pem"));
        Read read = Read.of("caFile", ca.toString());
        Handshake server = Handshake.with(CERTIFICATES.server());
        assertThat(server.clientsFailure(read.tls())).isNotNull();

        Files.copy(CERTIFICATES.ca(), ca, StandardCopyOption.REPLACE_EXISTING);

        assertThat(server.clientsFailure(read.tls())).isNull();
    }

    @Test
    void shouldSpeakTls13AloneIfAskedTo() {
        assertThat(Read.of().tls().parameters().getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(Read.of("minTlsVersion", "1.3").tls().parameters().getProtocols())
                .containsExactly("TLSv1.3");
        assertThat(problemOf("minTlsVersion", "1.1"))
                .isEqualTo("Audit.minTlsVersion: expected 1.2 or 1.3, found '1.1'");
    }

    @Test
    void shouldAlwaysVerifyTheName() {
        assertThat(Read.of().tls().parameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @Test
    void shouldSayWhichFileIsMissingOrWrong() throws IOException {
        String missing = directory.resolve("missing").toString();
        Path text = Files.writeString(directory.resolve("text"), "no certificate");
        Path none = Files.writeString(directory.resolve("none"), "");
        String client = CERTIFICATES.client().certificate().toString();

        assertThat(problemOf("caFile", missing)).startsWith("Audit.caFile: " + missing + " cannot be read");
        assertThat(problemOf("caFile", directory.toString())).contains(directory + " cannot be read");
        assertThat(problemOf("caFile", text.toString())).contains(text + ": expected");
        assertThat(problemOf("caFile", none.toString())).contains(none + ": expected a certificate as PEM, found none");
        assertThat(problemOf("certificateFile", client, "keyFile", text.toString()))
                .contains(text + ": expected a private key as PEM, found none");
        assertThat(problemOf("keyStore", missing)).startsWith("Audit.keyStore: " + missing + " cannot be read");
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() {
        assertThat(problemOf(
                        "certificateFile",
                        CERTIFICATES.client().certificate().toString(),
                        "keyFile",
                        CERTIFICATES.server().key().toString()))
                .contains("expected the key of the certificate in", "found another in");
    }

    @Test
    void shouldNameTheCommandForAKeyOfTheOlderForm() throws IOException {
        Path key = Files.writeString(
                directory.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThat(problemOf(
                        "certificateFile", CERTIFICATES.client().certificate().toString(), "keyFile", key.toString()))
                .contains("'RSA'", "openssl pkcs8 -topk8 -in " + key);
    }

    @Test
    void shouldRefuseAStoreWithoutWhatIsNeeded() {
        String password = "sys:" + PASSWORD_PROPERTY;
        String trust = CERTIFICATES.trustStore().toString();
        String client = CERTIFICATES.client().keyStore().toString();

        assertThat(problemOf("keyStore", trust, "keyStorePassword", password))
                .contains("expected a private key and its certificate, found none");
        assertThat(problemOf("trustStore", client, "trustStorePassword", password))
                .contains("expected a trusted certificate, found none");
        assertThat(problemOf("trustStore", trust, "trustStorePassword", password + ".wrong"))
                .contains("expected a PKCS#12 store of this password")
                .doesNotContain("wrong-and-secret");
    }

    @Test
    void shouldRefuseOptionsThatDoNotGoTogether() {
        String ca = CERTIFICATES.ca().toString();

        assertThat(problemOf(
                        "caFile", ca, "trustStore", CERTIFICATES.trustStore().toString()))
                .isEqualTo("Audit.trustStore: expected one of caFile and trustStore, found both");
        assertThat(problemOf("keyFile", CERTIFICATES.client().key().toString()))
                .isEqualTo("Audit.certificateFile: expected a value, since keyFile has one");
        assertThat(problemOf("keyPassword", "sys:" + PASSWORD_PROPERTY))
                .isEqualTo("Audit.keyPassword: has no effect without keyFile");
    }

    @Test
    void shouldShowNoSecret() {
        Read read = Read.of(
                "trustStore", CERTIFICATES.trustStore().toString(), "trustStorePassword", "sys:" + PASSWORD_PROPERTY);

        assertThat(read.tls().toString()).doesNotContain(TestCertificates.PASSWORD);
    }

    @Test
    void shouldTellRenewedFilesFromThoseBefore() throws IOException {
        Path ca = Files.copy(CERTIFICATES.ca(), directory.resolve("stamped.pem"));
        TlsOptions options = Read.of("caFile", ca.toString()).tls();
        TlsStamp before = options.stamp();

        assertThat(options.stamp()).isEqualTo(before).hasSameHashCodeAs(before);
        Files.setLastModifiedTime(ca, FileTime.fromMillis(0));
        assertThat(options.stamp()).isNotEqualTo(before);
        Files.delete(ca);
        assertThatThrownBy(options::stamp).hasMessageStartingWith(ca + " cannot be read: ");
    }
}
