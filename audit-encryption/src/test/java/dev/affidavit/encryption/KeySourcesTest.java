package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.keyBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.config.Secret;
import dev.affidavit.testkit.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeySourcesTest {
    private static final String PROPERTY = "affidavit.test.encryption.key";
    private static final String PASSWORD = "of-the-store";

    /** Has all the letters that tell the alphabets of base64 apart. */
    private static final byte[] KEY =
            HexFormat.of().parseHex("fbffbf00112233445566778899aabbccddeeff0102030405060708090a0b0c0d");

    private final Map<String, String> environment = new HashMap<>();
    private final KeySources sources = new KeySources(environment::get, new SecureRandom());

    @TempDir
    private Path directory;

    @BeforeEach
    void setPassword() {
        System.setProperty(PROPERTY + ".password", PASSWORD);
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
        System.clearProperty(PROPERTY + ".password");
        TestKeyProvider.fault = TestKeyProvider.Fault.NONE;
    }

    @Test
    void shouldTakeAKeyInEachForm() throws Exception {
        String standard = Base64.getEncoder().encodeToString(KEY);
        String url = Base64.getUrlEncoder().encodeToString(KEY);
        for (String text : List.of(
                HexFormat.of().formatHex(KEY),
                HexFormat.of().withUpperCase().formatHex(KEY),
                standard,
                standard.replace("=", ""),
                url,
                url.replace("=", ""),
                "  " + standard + "\n",
                jwk(""),
                jwk(",\"kid\":\"2026-11\",\"alg\":\"A256GCMKW\",\"use\":\"enc\""))) {
            environment.put("KEY", text);

            requireSame(sources.open(KEY_ID, "env:KEY", null), KEY);
        }
    }

    private static String jwk(String more) {
        return "{\"kty\":\"oct\",\"k\":\"%s\"%s}"
                .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(KEY), more);
    }

    /** What one encrypts the other decrypts. */
    private static void requireSame(KeyEncryptionKey found, byte[] expected) throws Exception {
        byte[] contentKey = keyBytes("content");
        WrappedKey wrapped = found.wrap(contentKey.clone(), new SecureRandom());

        assertThat(KeyEncryptionKey.of(expected).unwrap(wrapped)).isEqualTo(contentKey);
    }

    @Test
    void shouldTakeAKeyFromPropertiesAndFiles() throws Exception {
        System.setProperty(PROPERTY, HexFormat.of().formatHex(KEY));
        Path file = file("key.jwk", jwk("").replace(",", ",\n  ") + "\n", "rw-r-----");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        requireSame(sources.open(KEY_ID, "sys:" + PROPERTY, null), KEY);
        requireSame(sources.open(KEY_ID, "file:" + file, null), KEY);
        requireSame(sources.open(KEY_ID, "file:" + link, null), KEY);
    }

    @Test
    void shouldSayHowLongAKeyIs() {
        for (int bytes : new int[] {1, 16, 24, 31, 33, 64}) {
            byte[] key = java.util.Arrays.copyOf(KEY, bytes);
            environment.put("KEY", Base64.getEncoder().encodeToString(key));
            requireRefusal("env:KEY", "expected a key of 256 bits", "found one of %d bits".formatted(8 * bytes));
        }
        environment.put("KEY", HexFormat.of().formatHex(KEY, 0, 16));
        requireRefusal("env:KEY", "expected a key of 256 bits", "found one of 128 bits");
    }

    @Test
    void shouldRefuseWhatIsNoKey() {
        Map<String, String> problems = Map.of(
                "",
                "expected a key, found none. Set it",
                "not base64!",
                "found a text of 11 characters",
                "correct horse battery staple....",
                "found 32 characters that are none of these, perhaps a passphrase",
                Base64.getEncoder()
                        .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                "a text such as a passphrase",
                "00".repeat(32),
                "whose bytes are all equal",
                "{\"kty\":\"oct\"}",
                "found one that cannot be read so",
                "{\"kty\":\"oct\",\"k\":\"AAAA\",",
                "found one that cannot be read so",
                jwk(",\"kid\":\"2025-01\""),
                "found kid '2025-01'",
                jwk(",\"alg\":\"A256KW\""),
                "found 'A256KW'",
                jwk(",\"use\":\"sig\""),
                "found 'sig'");
        problems.forEach((text, problem) -> {
            environment.put("KEY", text);
            requireRefusal("env:KEY", "key 2026-11, 'env:KEY': expected", problem);
        });
        environment.clear();
        requireRefusal("env:KEY", "found none");
        requireRefusal("sys:" + PROPERTY, "found none");
    }

    private void requireRefusal(String reference, String... words) {
        requireRefusal(reference, null, words);
    }

    private void requireRefusal(String reference, @Nullable Secret secret, String... words) {
        assertThatThrownBy(() -> sources.open(KEY_ID, reference, secret))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void shouldNotShowAReferenceThatIsNone() {
        for (String reference : List.of("", "mysecret", ":x", "env:", "AbC+/secret:x")) {
            assertThatThrownBy(() -> sources.open(KEY_ID, reference, null))
                    .isInstanceOf(EncryptionKeyException.class)
                    .hasMessage("key 2026-11: expected a reference to a key, "
                            + "env:NAME, file:PATH, sys:NAME, pkcs12:PATH or that of a provider, found something else");
        }
        requireRefusal("vault:x", "found no provider 'vault'");
    }

    /** As {@code hex:} and the key itself, which somebody wrote who did not read this documentation. */
    @Test
    void shouldShowOnlyTheSchemeWhereNobodyKnowsIt() {
        String key = HexFormat.of().formatHex(KEY);

        assertThatThrownBy(() -> sources.open(KEY_ID, "hex:" + key, null))
                .hasMessageStartingWith("key 2026-11, 'hex:': ")
                .message()
                .doesNotContain(key);
        assertThatThrownBy(() -> sources.configured(KEY_ID, "hex:" + key, null))
                .hasMessageStartingWith("key 2026-11, 'hex:': ")
                .message()
                .doesNotContain(key);
    }

    @Test
    void shouldRefuseKeyIdsThatNoLineCanName() {
        environment.put("KEY", HexFormat.of().formatHex(KEY));
        for (String keyId : List.of("", "a b", "a/b", "ä", "\"", "x".repeat(65))) {
            assertThatThrownBy(() -> sources.open(keyId, "env:KEY", null))
                    .isInstanceOf(EncryptionKeyException.class)
                    .hasMessageStartingWith("expected a key id");
            assertThatThrownBy(() -> KeyRing.of(keyId, Map.of(keyId, KeyEncryptionKey.of(KEY))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> KeyRing.of("2026-12", Map.of(KEY_ID, KeyEncryptionKey.of(KEY))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a key with the id '2026-12', which is to encrypt, found [2026-11]");
    }

    @Test
    void shouldTakeNoFileThatOthersCanRead() throws IOException {
        for (String mode : List.of("rw----r--", "rw-r--r--", "rw-rw----", "rw-----w-")) {
            Path file = file("key-" + mode, HexFormat.of().formatHex(KEY), mode);
            requireRefusal("file:" + file, "expected a file that others may not read or write", mode, "chmod 600");
        }
    }

    @Test
    void shouldTakeNothingButRegularFilesOfText() throws IOException {
        Path pipe = directory.resolve("pipe");
        Command.run("mkfifo", "-m", "600", pipe.toString());
        requireRefusal("file:" + pipe, "expected a regular file");
        requireRefusal("file:" + directory, "expected a regular file");
        requireRefusal("file:" + directory.resolve("none"), "expected a file, found none");
        requireRefusal("file:a\0b", "expected a path");
        Path raw = file("raw", "", "rw-------");
        Files.write(raw, KEY);
        requireRefusal("file:" + raw, "found bytes that are no ASCII");
        Files.write(raw, new byte[2 * 1024 * 1024]);
        requireRefusal("file:" + raw, "expected at most 1048576 bytes");
    }

    private Path file(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void shouldTakeAKeyFromAStore() throws Exception {
        Path file = store(KEY_ID, KEY, "AES");

        requireSame(sources.open(KEY_ID, "pkcs12:" + file, password()), KEY);

        requireRefusal("pkcs12:" + file, "expected the password");
        System.setProperty(PROPERTY + ".password", "another");
        requireRefusal("pkcs12:" + file, password(), "expected a PKCS#12 store of this password, found another");
    }

    @Test
    void shouldTakeNothingElseFromAStore() throws Exception {
        requireRefusal(
                "pkcs12:" + store("2025-01", KEY, "AES"),
                password(),
                "expected a key under the alias 2026-11, found only [2025-01]");
        requireRefusal("pkcs12:" + store(KEY_ID, new byte[16], "AES"), password(), "found one of 128 bits");
        requireRefusal(
                "pkcs12:" + store(KEY_ID, KEY, "HmacSHA256"), password(), "expected a key for AES, found one for");
        requireRefusal("pkcs12:" + file("text", "text", "rw-------"), password(), "expected a PKCS#12 store");
    }

    /** As the documents say how to make one. */
    @Test
    void shouldTakeAKeyThatKeytoolMade() throws Exception {
        Path file = directory.resolve("keytool.p12");
        Command.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genseckey",
                "-keyalg",
                "AES",
                "-keysize",
                "256",
                "-alias",
                KEY_ID,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(sources.open(KEY_ID, "pkcs12:" + file, password())).isNotNull();
    }

    private Path store(String alias, byte[] key, String algorithm) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(key, algorithm)),
                new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        Path file = file("keys.p12", "", "rw-------");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Secret password() {
        Options options = new Options(
                new ConfigNode("AuditEncryption", Map.of("password", "sys:" + PROPERTY + ".password"), List.of()),
                "AuditEncryption",
                new Problems());
        return Objects.requireNonNull(options.secret("password"));
    }

    @Test
    void shouldAskTheProviderOfTheScheme() throws Exception {
        requireSame(sources.open(KEY_ID, "test:a:name", password()), keyBytes("2026-11 a:name " + PASSWORD));
    }

    @Test
    void shouldNotTakeAKeyOfAProviderThatDoesNotWork() {
        Map<TestKeyProvider.Fault, String> problems = Map.of(
                TestKeyProvider.Fault.REFUSES, "the service does not answer",
                TestKeyProvider.Fault.BREAKS,
                        "dev.affidavit.encryption.TestKeyProvider failed: java.lang.IllegalStateException",
                TestKeyProvider.Fault.CANNOT_UNWRAP,
                        "expected the key to decrypt what it has encrypted, found that it does not",
                TestKeyProvider.Fault.UNWRAPS_WRONGLY,
                        "expected the key to decrypt what it has encrypted, found other bytes");
        problems.forEach((fault, problem) -> {
            TestKeyProvider.fault = fault;
            requireRefusal("test:name", "key 2026-11, 'test:name': ", problem);
        });
    }

    @Test
    void shouldReadTheEnvironmentOfTheProcess() {
        assertThatThrownBy(() -> KeySources.system().open(KEY_ID, "env:AFFIDAVIT_TEST_NO_SUCH_KEY", null))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("found none");
        assertThatCode(() -> {
                    System.setProperty(PROPERTY, HexFormat.of().formatHex(KEY));
                    KeySources.system().open(KEY_ID, "sys:" + PROPERTY, null);
                })
                .doesNotThrowAnyException();
    }
}
