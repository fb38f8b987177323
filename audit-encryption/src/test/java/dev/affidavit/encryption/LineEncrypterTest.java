package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.LOG;
import static dev.affidavit.encryption.Samples.NEXT_SEGMENT;
import static dev.affidavit.encryption.Samples.SEGMENT;
import static dev.affidavit.encryption.Samples.decrypt;
import static dev.affidavit.encryption.Samples.encrypt;
import static dev.affidavit.encryption.Samples.json;
import static dev.affidavit.encryption.Samples.keyBytes;
import static dev.affidavit.encryption.Samples.prefix;
import static dev.affidavit.encryption.Samples.ring;
import static dev.affidavit.encryption.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.AESDecrypter;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LineEncrypterTest {
    @Test
    void shouldWriteLinesThatNimbusOpensOneByOneInAnyOrder() throws Exception {
        List<StoredLine> lines = new ArrayList<>();
        try (LineEncrypter encrypter = Samples.encrypter()) {
            for (int i = 0; i < 20; i++) {
                lines.add(encrypt(encrypter, i < 10 ? SEGMENT : NEXT_SEGMENT, json(i)));
            }
        }
        List<Integer> order =
                new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
        Collections.shuffle(order, new Random(7));

        for (int i : order) {
            assertThat(openedByNimbus(text(lines.get(i)))).isEqualTo(json(i));
        }
    }

    private static String openedByNimbus(String line) throws ParseException, JOSEException {
        JWEObject jwe = JWEObject.parse(line);
        jwe.decrypt(new AESDecrypter(keyBytes(KEY_ID)));
        return jwe.getPayload().toString();
    }

    @Test
    void shouldWriteTheDocumentedHeader() throws Exception {
        String[] parts = text(encrypt(Samples.encrypter(), SEGMENT, json(1))).split("\\.", -1);

        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII))
                .matches(("{'alg':'A256GCMKW','enc':'A256GCM','kid':'2026-11','iv':'[\\w-]{16}','tag':'[\\w-]{22}',"
                                + "'origin':'" + LOG + "','segment':'" + SEGMENT + "'}")
                        .replace('\'', '"')
                        .replace("{\"alg", "\\{\"alg")
                        .replace(".log\"}", ".log\"\\}"));
        assertThat(parts).hasSize(5);
        assertThat(parts[1]).hasSize(43);
        assertThat(parts[2]).hasSize(16);
        assertThat(parts[4]).hasSize(22);
    }

    @Test
    void shouldKnowTheStoredLengthBefore() throws Exception {
        for (String keyId : List.of("k", "2026-11", "x".repeat(64))) {
            LineEncrypter encrypter = new LineEncrypter(LOG, ring(keyId), new SecureRandom());
            for (String segment : List.of("s", "s2", "s23", SEGMENT, NEXT_SEGMENT, "s".repeat(255))) {
                for (int length = 0; length < 12; length++) {
                    StoredLine line = encrypt(encrypter, segment, "x".repeat(length));

                    assertThat(encrypter.storedLength(length + 1, segment)).isEqualTo(line.bytes().length + 1);
                    assertThat(encrypter.bytes()[encrypter.length() - 1]).isEqualTo((byte) '\n');
                }
            }
        }
    }

    @Test
    void shouldTakeALongLineAndAShortOneAfterIt() throws Exception {
        LineEncrypter encrypter = Samples.encrypter();
        LineDecrypter decrypter = Samples.decrypter();
        for (int length : new int[] {1, 1024 * 1024, 5, 100_000}) {
            String json = "x".repeat(length);

            assertThat(decrypt(decrypter, encrypt(encrypter, SEGMENT, json))).isEqualTo(json);
        }
    }

    @Test
    void shouldKeepTheKeyThroughASegment() throws Exception {
        LineEncrypter encrypter = Samples.encrypter();
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            prefixes.add(prefix(encrypt(encrypter, SEGMENT, json(i))));
        }

        assertThat(prefixes).hasSize(1);
    }

    @Test
    void shouldChangeTheKeyWithSegmentInstanceAndLimit() throws Exception {
        Set<String> prefixes = new HashSet<>();
        for (int instance = 0; instance < 3; instance++) {
            LineEncrypter encrypter = new LineEncrypter(LOG, ring(), new SecureRandom(), 4);
            for (String segment : List.of(SEGMENT, NEXT_SEGMENT, SEGMENT)) {
                for (int i = 0; i < 12; i++) {
                    prefixes.add(prefix(encrypt(encrypter, segment, json(i))));
                }
            }
        }

        assertThat(prefixes).hasSize(3 * 3 * (12 / 4));
    }

    @Test
    void shouldOpenAllThatSeveralKeysEncrypted() throws Exception {
        LineEncrypter encrypter = new LineEncrypter(LOG, ring(), new SecureRandom(), 3);
        LineDecrypter decrypter = Samples.decrypter();
        for (int i = 0; i < 10; i++) {
            assertThat(decrypt(decrypter, encrypt(encrypter, SEGMENT, json(i)))).isEqualTo(json(i));
        }
    }

    @Test
    void shouldRefuseOtherLimits() {
        for (long limit : new long[] {0, -1, (1L << 31) + 1}) {
            assertThatThrownBy(() -> new LineEncrypter(LOG, ring(), new SecureRandom(), limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxLinesOfAKey: expected 1 to 2147483648, found " + limit);
        }
    }

    @Test
    void shouldNeverRepeatAnIv() throws Exception {
        Ivs ivs = new Ivs(120_000);
        ivs.addLines(100_000);
        ivs.addInstances(1_000, 20);

        assertThat(ivs.repeated()).isZero();
    }

    /** A content key is not wrapped twice either: the key encryption key sees each IV once. */
    @Test
    void shouldNeverRepeatTheIvOfAKey() throws Exception {
        Set<String> prefixes = new HashSet<>();
        LineEncrypter encrypter = new LineEncrypter(LOG, ring(), new SecureRandom(), 1);
        for (int i = 0; i < 2_000; i++) {
            String header = prefix(encrypt(encrypter, SEGMENT, "{}")).split("\\.", -1)[0];
            prefixes.add(LineHeader.parse(Base64.getUrlDecoder().decode(header)).iv());
        }

        assertThat(prefixes).hasSize(2_000);
    }

    @Test
    void shouldGoOnAfterAnErrorAtAnyDrawOfRandomness() throws Exception {
        for (int failing = 1; failing <= 6; failing++) {
            FailingRandom random = new FailingRandom(failing);
            LineEncrypter encrypter = new LineEncrypter(LOG, ring(), random);
            LineDecrypter decrypter = Samples.decrypter();
            int failures = 0;
            for (int i = 0; i < 6; i++) {
                String segment = i < 3 ? SEGMENT : NEXT_SEGMENT;
                try {
                    assertThat(decrypt(decrypter, encrypt(encrypter, segment, json(i))))
                            .isEqualTo(json(i));
                } catch (StackOverflowError e) {
                    assertThat(encrypter.length()).isZero();
                    failures++;
                }
            }

            assertThat(failures).isEqualTo(1);
        }
    }

    @Test
    void shouldSayWhenTheKeyCannotBeUsedAndGoOnWhenItCan() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        KeyEncryptionKey key = new RemoteKey(KeyEncryptionKey.of(keyBytes(KEY_ID)), () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("the service does not answer");
            }
        });
        LineEncrypter encrypter = new LineEncrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, key)), new SecureRandom());

        assertThatThrownBy(() -> encrypt(encrypter, SEGMENT, json(1)))
                .isInstanceOf(EncryptionKeyException.class)
                .hasMessageContaining("key 2026-11, a remote key")
                .hasMessageContaining("the service does not answer");
        assertThat(decrypt(Samples.decrypter(), encrypt(encrypter, SEGMENT, json(1))))
                .isEqualTo(json(1));
    }

    @Test
    void shouldNotNeedTheKeyForASegmentThatWasPrepared() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        KeyEncryptionKey key = new RemoteKey(KeyEncryptionKey.of(keyBytes(KEY_ID)), calls::incrementAndGet);
        LineEncrypter encrypter = new LineEncrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, key)), new SecureRandom());
        encrypter.prepare();
        encrypter.prepare();
        assertThat(calls).hasValue(1);

        StoredLine first = encrypt(encrypter, SEGMENT, json(1));
        assertThat(calls).hasValue(1);
        StoredLine second = encrypt(encrypter, NEXT_SEGMENT, json(2));
        assertThat(calls).hasValue(2);

        assertThat(prefix(first)).isNotEqualTo(prefix(second));
        assertThat(decrypt(Samples.decrypter(), first)).isEqualTo(json(1));
    }

    @Test
    void shouldRefuseWhatIsNoLineAndNoPlace() {
        LineEncrypter encrypter = Samples.encrypter();

        assertThatThrownBy(() -> encrypter.encrypt(SEGMENT, new byte[] {'{', '}'}, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encrypter.encrypt(SEGMENT, new byte[] {'\n'}, 0))
                .isInstanceOf(IllegalArgumentException.class);
        for (String place : List.of("", "a b", "a\"", "a\\", "ä", "a\n", "x".repeat(256))) {
            assertThatThrownBy(() -> encrypt(encrypter, place, "{}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("segment: expected");
            assertThatThrownBy(() -> new LineEncrypter(place, ring(), new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("origin: expected");
        }
    }

    @Test
    void shouldEncryptNothingAfterItIsClosed() throws Exception {
        LineEncrypter encrypter = Samples.encrypter();
        encrypt(encrypter, SEGMENT, json(1));
        encrypter.close();
        encrypter.close();

        assertThatThrownBy(() -> encrypt(encrypter, SEGMENT, json(2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldOverwriteAKeyThatIsDestroyed() {
        AesKey key = AesKey.of(keyBytes("any"));
        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
        assertThat(key).extracting("bytes").isEqualTo(new byte[32]);
    }

    /** Has no stack left at one call. */
    private static final class FailingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private int callsLeft;

        FailingRandom(int failing) {
            callsLeft = failing;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (--callsLeft == 0) {
                throw new StackOverflowError();
            }
            super.nextBytes(bytes);
        }
    }
}
