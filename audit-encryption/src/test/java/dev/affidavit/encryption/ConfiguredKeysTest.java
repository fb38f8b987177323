package dev.affidavit.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.Encryption;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfiguredKeysTest {
    private static final String PROPERTY = "affidavit.configured.key";
    private static final Map<String, String> CURRENT = Map.of("key", "sys:" + PROPERTY, "keyId", "2026-11");
    private static final Map<String, String> REMOTE = Map.of("key", "test:audit", "keyId", "2026-12");

    @TempDir
    Path log;

    private final Problems problems = new Problems();

    @BeforeEach
    void setKey() throws IOException {
        Files.createDirectory(log.resolve(".affidavit"));
        TestKeyProvider.fault = TestKeyProvider.Fault.NONE;
        setKey("first");
    }

    private static void setKey(String name) {
        System.setProperty(PROPERTY, HexFormat.of().formatHex(Samples.keyBytes(name)));
    }

    @AfterEach
    void clearKey() {
        System.clearProperty(PROPERTY);
        TestKeyProvider.fault = TestKeyProvider.Fault.NONE;
    }

    private Encryption configure(Map<String, String> options, List<Map<String, String>> old) {
        List<ConfigNode> children = old.stream()
                .map(key -> new ConfigNode("AuditOldKey", key, List.of()))
                .toList();
        Options read = new Options(new ConfigNode("AuditEncryption", options, children), "AuditEncryption", problems);
        Encryption encryption = new ConfiguredKeys().configure(read);
        read.rejectUnknown();
        return encryption;
    }

    private static StoredLine encrypted(Encryption encryption, String segment) throws Exception {
        byte[] line = (Samples.json(1) + "\n").getBytes(StandardCharsets.UTF_8);
        try (Encrypter encrypter = encryption.encrypter(Samples.LOG)) {
            encrypter.encrypt(segment, line, line.length);
            assertThat(encrypter.length()).isLessThanOrEqualTo(encrypter.maxStoredLength(line.length));
            return Samples.stored(segment, Arrays.copyOf(encrypter.bytes(), encrypter.length() - 1));
        }
    }

    private String decrypted(Encryption encryption, StoredLine line) throws Exception {
        try (Decrypter decrypter = encryption.decrypter(log, Samples.LOG)) {
            return new String(decrypter.decrypt(line), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldEncryptWithTheKeyAndDecryptWithTheOldOnesToo() throws Exception {
        Encryption first = configure(CURRENT, List.of());
        StoredLine old = encrypted(first, Samples.SEGMENT);
        Encryption second = configure(REMOTE, List.of(CURRENT));

        assertThat(problems.all()).isEmpty();
        assertThat(second.keyId()).isEqualTo("2026-12");
        assertThat(second.keyIds()).containsExactly("2026-11", "2026-12");
        assertThat(decrypted(second, old)).isEqualTo(Samples.json(1));
        assertThat(decrypted(second, encrypted(second, Samples.SEGMENT))).isEqualTo(Samples.json(1));
        assertThat(decrypted(second, Samples.stored(Samples.SEGMENT, Samples.json(2))))
                .isEqualTo(Samples.json(2));
        assertThatThrownBy(() -> decrypted(first, encrypted(second, Samples.SEGMENT)))
                .hasMessageContaining("kid 2026-12")
                .hasMessageContaining(Samples.SEGMENT)
                .hasMessageContaining("byte 1830");
    }

    @Test
    void shouldBeEqualWithTheSameKeysAlone() {
        Encryption one = configure(CURRENT, List.of(REMOTE));

        assertThat(configure(CURRENT, List.of(REMOTE))).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(configure(CURRENT, List.of())).isNotEqualTo(one);
        setKey("another, under the same name");
        assertThat(configure(CURRENT, List.of(REMOTE))).isNotEqualTo(one);
    }

    @Test
    void shouldShowIdsAndReferencesAlone() {
        assertThat(configure(CURRENT, List.of(REMOTE)))
                .hasToString("keyId=2026-11 key='sys:%s' oldKey[2026-12]='test:audit'".formatted(PROPERTY));
    }

    @Test
    void shouldWaitForAServiceUntilItIsNeeded() throws Exception {
        TestKeyProvider.fault = TestKeyProvider.Fault.REFUSES;
        Encryption encryption = configure(REMOTE, List.of());
        assertThat(problems.all()).isEmpty();
        assertThatThrownBy(() -> encrypted(encryption, Samples.SEGMENT))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("the service does not answer");

        TestKeyProvider.fault = TestKeyProvider.Fault.NONE;

        assertThat(decrypted(encryption, encrypted(encryption, Samples.SEGMENT)))
                .isEqualTo(Samples.json(1));
    }

    @Test
    void shouldReportEverythingThatIsWrong() {
        configure(
                Map.of("keyId", "2026-11", "secrte", "env:X"),
                List.of(
                        Map.of("key", "sys:affidavit.no.such.key", "keyId", "2026-10"),
                        Map.of("key", "test:audit", "keyId", "a b"),
                        Map.of("key", "nowhere:audit", "keyId", "x")));

        assertThat(problems.all())
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("AuditEncryption.key: expected a reference to a key"))
                .anyMatch(problem -> problem.startsWith("AuditEncryption.secrte: unknown option; did you mean secret?"))
                .anyMatch(problem -> problem.startsWith("AuditEncryption.AuditOldKey[0].key: key 2026-10"))
                .anyMatch(problem -> problem.startsWith("AuditEncryption.AuditOldKey[1].keyId: expected 1 to 64"))
                .anyMatch(problem -> problem.contains("found no provider 'nowhere'"));
    }

    @Test
    void shouldRefuseTwoKeysOfOneId() {
        configure(CURRENT, List.of(CURRENT));

        assertThat(problems.all())
                .containsExactly(
                        "AuditEncryption.AuditOldKey[0].keyId: expected another id than those before, found 2026-11 again");
    }
}
