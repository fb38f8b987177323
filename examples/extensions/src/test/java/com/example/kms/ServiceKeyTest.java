package com.example.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.config.Secret;
import dev.affidavit.encryption.EncryptionKeyException;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.KeySources;
import dev.affidavit.encryption.LineDecrypter;
import dev.affidavit.encryption.LineDecryptionException;
import dev.affidavit.encryption.LineDecryptionException.Reason;
import dev.affidavit.encryption.LineEncrypter;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log's lines under a key that never leaves its service. */
@Timeout(300)
final class ServiceKeyTest {
    private static final String LOG = "6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97";
    private static final String KEY_ID = "2026-11";
    private static final String PROPERTY = "com.example.kms.token";

    private LocalService service;

    @BeforeEach
    void start() throws IOException {
        service = LocalService.start();
        System.setProperty(PROPERTY, LocalService.TOKEN);
    }

    @AfterEach
    void stop() {
        service.close();
        System.clearProperty(PROPERTY);
    }

    @Test
    void shouldEncryptAndDecryptLines() throws Exception {
        KeyRing keys = open(service.newKey("audit"));
        LineDecrypter decrypter = new LineDecrypter(LOG, keys);
        try (LineEncrypter encrypter = new LineEncrypter(LOG, keys, new SecureRandom())) {
            int before = service.requests();
            for (int i = 0; i < 10; i++) {
                assertThat(decrypter.decrypt(encrypted(encrypter))).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
            }

            assertThat(service.requests()).isEqualTo(before + 2);
        }
    }

    @Test
    void shouldNotOpenWhatAnotherKeyEncrypted() throws Exception {
        LineEncrypter encrypter = new LineEncrypter(LOG, open(service.newKey("audit")), new SecureRandom());
        LineDecrypter decrypter = new LineDecrypter(LOG, open(service.newKey("another")));

        assertThat(refusal(decrypter, encrypted(encrypter))).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void shouldSayThatTheServiceIsGone() throws Exception {
        KeyRing keys = open(service.newKey("audit"));
        LineEncrypter encrypter = new LineEncrypter(LOG, keys, new SecureRandom());
        StoredLine line = encrypted(encrypter);
        service.close();

        assertThat(refusal(new LineDecrypter(LOG, keys), line)).isEqualTo(Reason.KEY_UNAVAILABLE);
        assertThatThrownBy(() -> encrypter.encrypt("next", new byte[] {'{', '}', '\n'}, 3))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("key 2026-11, key http://127.0.0.1");
        assertThat(encrypted(encrypter).segment()).isEqualTo("segment"); // its key is there
    }

    @Test
    void shouldNotOpenAKeyThatCannotBeUsed() {
        String reference = service.newKey("audit");
        assertThatThrownBy(() -> open(service.reference("none")))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("expected status 200, found 404");
        assertThatThrownBy(() -> open("kms:http://kms.example.com/keys/audit"))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("expected the https URL of a key");
        assertThatThrownBy(() -> KeySources.system().open(KEY_ID, reference, null))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("expected a token");
        System.setProperty(PROPERTY, "another-token");
        assertThatThrownBy(() -> open(reference))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("found 401")
                .hasMessageNotContaining("another-token");
    }

    private static KeyRing open(String reference) throws EncryptionKeyException {
        KeyEncryptionKey key = KeySources.system().open(KEY_ID, reference, token());
        return KeyRing.of(KEY_ID, Map.of(KEY_ID, key));
    }

    private static Secret token() {
        ConfigNode node = new ConfigNode("AuditEncryption", Map.of("secret", "sys:" + PROPERTY), List.of());
        return Objects.requireNonNull(new Options(node, "AuditEncryption", new Problems()).secret("secret"));
    }

    private static StoredLine encrypted(LineEncrypter encrypter) throws EncryptionKeyException {
        encrypter.encrypt("segment", new byte[] {'{', '}', '\n'}, 3);
        return new StoredLine("segment", 0, Arrays.copyOf(encrypter.bytes(), encrypter.length() - 1));
    }

    private static Reason refusal(LineDecrypter decrypter, StoredLine line) {
        try {
            decrypter.decrypt(line);
        } catch (LineDecryptionException e) {
            return e.reason();
        }
        throw new AssertionError("the line was opened");
    }
}
