package dev.affidavit.testkit.tls;

import dev.affidavit.testkit.Command;
import dev.affidavit.testkit.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority and what it has issued, made by the JDK's keytool, which takes some seconds. Immutable. */
public final class TestCertificates {
    /** Of every PKCS#12 store here. */
    public static final String PASSWORD = "changeit";

    /** The name in {@link #client}, for receivers that look at it. */
    public static final String CLIENT_NAME = "audit-client.test";

    private static final String HERE = "san=dns:localhost,ip:127.0.0.1";
    private static final String CLIENT = "san=dns:" + CLIENT_NAME;

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Those of this JVM: made when they are asked for first, in a directory that every user may read, since servers run as others. */
    public static TestCertificates shared() {
        return Shared.CERTIFICATES;
    }

    private static TestCertificates make() {
        Path directory = TemporaryDirectory.readableByAll("affidavit-certificates");
        TestCertificates certificates = new TestCertificates(directory);
        certificates.authority("ca");
        certificates.authority("other-ca");
        certificates.issue("server", "ca", HERE, "-validity", "3650");
        certificates.issue("renewed-server", "ca", HERE, "-validity", "3650");
        certificates.issue("expired-server", "ca", HERE, "-startdate", "-60d", "-validity", "30");
        certificates.issue("elsewhere", "ca", "san=dns:elsewhere.test", "-validity", "3650");
        certificates.issue("server-of-other-ca", "other-ca", HERE, "-validity", "3650");
        certificates.issue("client", "ca", CLIENT, "-validity", "3650");
        certificates.issue("client-of-other-ca", "other-ca", CLIENT, "-validity", "3650");
        certificates.selfSigned("self-signed");
        return certificates;
    }

    /** PEM of the authority that the test trusts. */
    public Path ca() {
        return directory.resolve("ca.pem");
    }

    /** PKCS#12 with the same, and no key. */
    public Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** For {@code localhost} and 127.0.0.1. */
    public TestIdentity server() {
        return identity("server");
    }

    /** The same with another key. */
    public TestIdentity renewedServer() {
        return identity("renewed-server");
    }

    public TestIdentity expiredServer() {
        return identity("expired-server");
    }

    /** A server's, for {@code elsewhere.test} alone. */
    public TestIdentity elsewhere() {
        return identity("elsewhere");
    }

    /** A server's, issued by an authority that is not trusted. */
    public TestIdentity serverOfOtherCa() {
        return identity("server-of-other-ca");
    }

    /** A server's, issued by nobody. */
    public TestIdentity selfSigned() {
        return identity("self-signed");
    }

    public TestIdentity client() {
        return identity("client");
    }

    /** With the name of {@link #client}, issued by an authority that is not trusted. */
    public TestIdentity clientOfOtherCa() {
        return identity("client-of-other-ca");
    }

    /** PEM of the other authority. */
    public Path otherCa() {
        return directory.resolve("other-ca.pem");
    }

    private TestIdentity identity(String name) {
        return new TestIdentity(file(name, "pem"), file(name, "key"), file(name, "p12"));
    }

    private Path file(String name, String kind) {
        return directory.resolve(name + "." + kind);
    }

    private void authority(String name) {
        keytool(name, name, "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign", "-validity", "3650");
        Certificate certificate = chain(store(name), name)[0];
        write(file(name, "pem"), pem("CERTIFICATE", List.of(encoded(certificate))));
        if (name.equals("ca")) {
            writeTrust(certificate);
        }
    }

    /** A store with the authority in it, to which keytool adds what it issues. */
    private void issue(String name, String authority, String subject, String... validity) {
        List<String> arguments = new ArrayList<>(List.of(validity));
        arguments.addAll(List.of("-signer", authority, "-ext", subject, "-ext", "eku=serverAuth,clientAuth"));
        keytool(authority, name, arguments.toArray(String[]::new));
        export(authority, name);
    }

    private void selfSigned(String name) {
        keytool(name, name, "-ext", HERE, "-validity", "3650");
        export(name, name);
    }

    private void keytool(String store, String alias, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=100",
                "-J-Dkeystore.pkcs12.certPbeIterationCount=100",
                "-J-Dkeystore.pkcs12.macIterationCount=100",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-keystore",
                file(store, "store").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(arguments));
        Command.run(command.toArray(String[]::new));
    }

    private void export(String store, String alias) {
        KeyStore all = store(store);
        try {
            Key key = all.getKey(alias, PASSWORD.toCharArray());
            Certificate[] chain = chain(all, alias);
            write(
                    file(alias, "pem"),
                    pem(
                            "CERTIFICATE",
                            Arrays.stream(chain).map(TestCertificates::encoded).toList()));
            write(file(alias, "key"), pem("PRIVATE KEY", List.of(EllipticKey.encoded(key, chain[0].getPublicKey()))));
            KeyStore own = empty();
            own.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain);
            store(own, file(alias, "p12"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeTrust(Certificate authority) {
        try {
            KeyStore trust = empty();
            trust.setCertificateEntry("ca", authority);
            store(trust, trustStore());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store(String name) {
        try {
            return KeyStore.getInstance(file(name, "store").toFile(), PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void store(KeyStore store, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Certificate[] chain(KeyStore store, String alias) {
        try {
            return store.getCertificateChain(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, List<byte[]> contents) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder text = new StringBuilder();
        for (byte[] content : contents) {
            text.append("-----BEGIN ").append(kind).append("-----\n");
            text.append(encoder.encodeToString(content)).append('\n');
            text.append("-----END ").append(kind).append("-----\n");
        }
        return text.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when it is used first. */
    private static final class Shared {
        private static final TestCertificates CERTIFICATES = make();
    }
}
