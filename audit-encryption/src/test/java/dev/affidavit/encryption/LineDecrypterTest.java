package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.LOG;
import static dev.affidavit.encryption.Samples.MARKED;
import static dev.affidavit.encryption.Samples.NEXT_SEGMENT;
import static dev.affidavit.encryption.Samples.SEGMENT;
import static dev.affidavit.encryption.Samples.decrypt;
import static dev.affidavit.encryption.Samples.encrypt;
import static dev.affidavit.encryption.Samples.json;
import static dev.affidavit.encryption.Samples.keyBytes;
import static dev.affidavit.encryption.Samples.ring;
import static dev.affidavit.encryption.Samples.stored;
import static dev.affidavit.encryption.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import dev.affidavit.encryption.LineDecryptionException.Reason;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LineDecrypterTest {
    private final LineEncrypter encrypter = Samples.encrypter();
    private final LineDecrypter decrypter = Samples.decrypter();

    @Test
    void shouldOpenLinesOneByOneInAnyOrder() throws Exception {
        List<StoredLine> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add(encrypt(encrypter, "segment-" + i / 3, json(i)));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(11));

        for (int i : order) {
            assertThat(decrypt(decrypter, lines.get(i))).isEqualTo(json(i));
        }
    }

    @Test
    void shouldUnwrapAKeyOnceForItsLinesAndRememberNoMoreThanItSays() throws Exception {
        AtomicInteger unwrapped = new AtomicInteger();
        KeyEncryptionKey key = new RemoteKey(KeyEncryptionKey.of(keyBytes(KEY_ID)), unwrapped::incrementAndGet);
        LineDecrypter counted = new LineDecrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, key)));
        List<StoredLine> lines = new ArrayList<>();
        for (int i = 0; i < LineDecrypter.MAX_OPEN_KEYS; i++) {
            lines.add(encrypt(encrypter, "segment-" + i, json(i)));
            lines.add(encrypt(encrypter, "segment-" + i, json(i)));
        }

        for (int round = 0; round < 2; round++) {
            for (StoredLine line : lines) {
                counted.decrypt(line);
            }
        }
        assertThat(unwrapped).hasValue(LineDecrypter.MAX_OPEN_KEYS);

        counted.decrypt(encrypt(encrypter, "one-more", json(0)));
        counted.decrypt(lines.get(0));
        assertThat(unwrapped).hasValue(LineDecrypter.MAX_OPEN_KEYS + 2);

        counted.close();
        counted.decrypt(lines.get(0));
        assertThat(unwrapped).hasValue(LineDecrypter.MAX_OPEN_KEYS + 3);
    }

    @Test
    void shouldTellPlainLinesFromEncryptedOnes() throws Exception {
        StoredLine plain = stored(SEGMENT, json(1));

        assertThat(LineDecrypter.isPlain(plain)).isTrue();
        assertThat(LineDecrypter.isPlain(encrypt(encrypter, SEGMENT, json(1)))).isFalse();
        assertThat(LineDecrypter.isPlain(stored(SEGMENT, ""))).isFalse();
        assertThat(refusal(decrypter, plain)).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(refusal).hasMessageContaining("found a plain one").hasMessageNotContaining(MARKED);
        });
    }

    /** Both when the line's key is known from others, and when the line is the first one read. */
    @Test
    void shouldOpenNoLineWithAFlippedBit() throws Exception {
        for (StoredLine line : fewLines()) {
            int headerEnd = text(line).indexOf('.');
            for (int bit = 0; bit < 8 * line.bytes().length; bit++) {
                byte[] changed = line.bytes().clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                StoredLine damaged = stored(line.segment(), changed);
                decrypter.decrypt(line);

                assertThat(LineDecrypter.isPlain(damaged)).isFalse();
                requireRefusal(refusal(decrypter, damaged), bit / 8 > headerEnd);
                requireRefusal(refusal(Samples.decrypter(), damaged), bit / 8 > headerEnd);
            }
        }
    }

    @Test
    void shouldOpenNoLineThatIsCutOffAtEitherEnd() throws Exception {
        for (StoredLine line : fewLines()) {
            int headerEnd = text(line).indexOf('.');
            for (int length = 0; length < line.bytes().length; length++) {
                StoredLine head = stored(line.segment(), Arrays.copyOf(line.bytes(), length));
                StoredLine tail = stored(
                        line.segment(),
                        Arrays.copyOfRange(line.bytes(), line.bytes().length - length, line.bytes().length));

                requireRefusal(refusal(decrypter, head), length >= headerEnd);
                requireRefusal(refusal(decrypter, tail), false);
            }
        }
    }

    @Test
    void shouldOpenNoLineWithSomethingAdded() throws Exception {
        String line = text(encrypt(encrypter, SEGMENT, json(1)));
        for (String added : List.of("A", "=", ".", ".AAAA", "\r", " ", "\0")) {
            requireRefusal(refusal(decrypter, stored(SEGMENT, line + added)), true);
            requireRefusal(refusal(decrypter, stored(SEGMENT, added + line)), false);
        }
    }

    private List<StoredLine> fewLines() throws EncryptionKeyException {
        return List.of(
                encrypt(encrypter, SEGMENT, json(1)),
                encrypt(encrypter, SEGMENT, json(1) + " "),
                encrypt(encrypter, NEXT_SEGMENT, json(10) + "  "));
    }

    private static void requireRefusal(LineDecryptionException refusal, boolean headerIsWhole) {
        assertThat(refusal.getMessage())
                .contains(refusal.segment(), "byte 1830")
                .doesNotContain(MARKED);
        if (headerIsWhole) {
            assertThat(refusal.keyId()).isEqualTo(KEY_ID);
        }
        assertThat(refusal.getMessage())
                .contains(refusal.keyId() == null ? "kid unknown" : "kid " + refusal.keyId())
                .contains("expected", "found");
    }

    private static LineDecryptionException refusal(LineDecrypter decrypter, StoredLine line) {
        LineDecryptionException refusal =
                catchThrowableOfType(LineDecryptionException.class, () -> decrypter.decrypt(line));
        assertThat(refusal).as(text(line)).isNotNull();
        return refusal;
    }

    @Test
    void shouldNotTakeALineOfAnotherSegment() throws Exception {
        StoredLine line =
                stored(NEXT_SEGMENT, encrypt(encrypter, SEGMENT, json(1)).bytes());

        LineDecryptionException refusal = refusal(decrypter, line);

        assertThat(refusal.reason()).isEqualTo(Reason.MOVED);
        assertThat(refusal)
                .hasMessage("%s, line at byte 1830, kid 2026-11: expected a line of %s, found one of %s. "
                                .formatted(NEXT_SEGMENT, NEXT_SEGMENT, SEGMENT)
                        + "It is whole, but somebody put it here");
    }

    @Test
    void shouldTakeALineThatARefusedForceMoved() throws Exception {
        StoredLine line =
                stored(NEXT_SEGMENT, encrypt(encrypter, SEGMENT, json(1)).bytes());

        assertThat(decrypter.decrypt(line, Set.of(SEGMENT)::contains))
                .isEqualTo(json(1).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> decrypter.decrypt(line, Set.of("another")::contains))
                .isInstanceOf(LineDecryptionException.class);
    }

    @Test
    void shouldNotTakeALineOfAnotherLog() throws Exception {
        LineEncrypter other = new LineEncrypter("0".repeat(32), ring(), new SecureRandom());

        LineDecryptionException refusal = refusal(decrypter, encrypt(other, SEGMENT, json(1)));

        assertThat(refusal.reason()).isEqualTo(Reason.MOVED);
        assertThat(refusal).hasMessageContaining("expected a line of log " + LOG + ", found one of log 0000");
        assertThatThrownBy(() -> decrypter.decrypt(encrypt(other, SEGMENT, json(1)), segment -> true))
                .isInstanceOf(LineDecryptionException.class);
    }

    /** Parts of two good lines make no third one, also if they have the same key. */
    @Test
    void shouldOpenNoLineMadeOfOthers() throws Exception {
        String[] one = text(encrypt(encrypter, SEGMENT, json(1))).split("\\.", -1);
        String[] same = text(encrypt(encrypter, SEGMENT, json(2))).split("\\.", -1);
        String[] other = text(encrypt(encrypter, NEXT_SEGMENT, json(3))).split("\\.", -1);
        for (String[] second : List.of(same, other)) {
            for (int choice = 1; choice < 31; choice++) {
                String[] mixed = new String[5];
                for (int part = 0; part < 5; part++) {
                    mixed[part] = (choice >> part & 1) == 0 ? one[part] : second[part];
                }
                if (!Arrays.equals(mixed, one) && !Arrays.equals(mixed, second)) {
                    LineDecryptionException refusal = refusal(decrypter, stored(SEGMENT, String.join(".", mixed)));
                    requireRefusal(refusal, true);
                    assertThat(refusal.reason()).isIn(Reason.DAMAGED, Reason.WRONG_KEY);
                }
            }
        }
    }

    @Test
    void shouldNameTheKeysThatItHasIfItHasNotThisOne() throws Exception {
        LineDecrypter without = new LineDecrypter(
                LOG,
                KeyRing.of(
                        "2026-12",
                        Map.of(
                                "2026-12", KeyEncryptionKey.of(keyBytes("2026-12")),
                                "2025-01", KeyEncryptionKey.of(keyBytes("2025-01")))));

        LineDecryptionException refusal = refusal(without, encrypt(encrypter, SEGMENT, json(1)));

        assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refusal)
                .hasMessageContaining("kid 2026-11: expected a key of this id, found only [2025-01, 2026-12]");
    }

    @Test
    void shouldSayThatAKeyIsTheWrongOne() throws Exception {
        LineDecrypter wrong =
                new LineDecrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, KeyEncryptionKey.of(keyBytes("other")))));

        LineDecryptionException refusal = refusal(wrong, encrypt(encrypter, SEGMENT, json(1)));

        assertThat(refusal.reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(refusal).hasMessageContaining("the key of this id is not the one it was when the line was written");
    }

    /** Once the key has opened a line, it is the line. */
    @Test
    void shouldTellADamagedKeyPartFromAWrongKey() throws Exception {
        decrypter.decrypt(encrypt(encrypter, SEGMENT, json(1)));
        StoredLine other = encrypt(encrypter, NEXT_SEGMENT, json(2));
        byte[] changed = other.bytes().clone();
        int at = text(other).indexOf('.') + 1;
        changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');

        assertThat(refusal(decrypter, stored(NEXT_SEGMENT, changed)).reason()).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void shouldSayThatAKeyCannotBeUsedNowAndOpenTheLineWhenItCan() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        KeyEncryptionKey key = new RemoteKey(KeyEncryptionKey.of(keyBytes(KEY_ID)), () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("the service does not answer");
            }
        });
        LineDecrypter remote = new LineDecrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, key)));
        StoredLine line = encrypt(encrypter, SEGMENT, json(1));

        LineDecryptionException refusal = refusal(remote, line);

        assertThat(refusal.reason()).isEqualTo(Reason.KEY_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("a remote key cannot be used").hasMessageContaining("does not answer");
        assertThat(decrypt(remote, line)).isEqualTo(json(1));
    }

    @Test
    void shouldReadALogOfSeveralKeys() throws Exception {
        KeyRing both = KeyRing.of(
                "2026-12",
                Map.of(
                        KEY_ID,
                        KeyEncryptionKey.of(keyBytes(KEY_ID)),
                        "2026-12",
                        KeyEncryptionKey.of(keyBytes("2026-12"))));
        LineEncrypter later = new LineEncrypter(LOG, both, new SecureRandom());
        LineDecrypter all = new LineDecrypter(LOG, both);

        assertThat(decrypt(all, encrypt(encrypter, SEGMENT, json(1)))).isEqualTo(json(1));
        assertThat(decrypt(all, encrypt(later, SEGMENT, json(2)))).isEqualTo(json(2));
        assertThat(decrypt(all, encrypt(encrypter, SEGMENT, json(3)))).isEqualTo(json(3));
    }

    /** Each is a JWE that a library opens with the key, but not as we write lines. */
    @Test
    void shouldTakeNoOtherFormOfJwe() throws Exception {
        JWEEncrypter wrapping = new AESEncrypter(keyBytes(KEY_ID));
        List<String> expected = List.of(
                // in the order of the lines below
                "exactly alg, enc, kid, iv, tag, origin and segment",
                "exactly alg, enc, kid, iv, tag, origin and segment",
                "exactly alg, enc, kid, iv, tag, origin and segment",
                "expected enc A256GCM in the header, found 'A128GCM'",
                "expected alg A256GCMKW in the header, found 'A256KW'",
                "expected alg A256GCMKW in the header, found 'dir'",
                "exactly alg, enc, kid, iv, tag, origin and segment",
                "expected origin and segment in the header to be text");
        List<String> lines = List.of(
                jwe(header().compressionAlgorithm(CompressionAlgorithm.DEF).build(), wrapping),
                jwe(header().criticalParams(Set.of("origin")).build(), wrapping),
                jwe(header().customParam("more", "x").build(), wrapping),
                jwe(headerOf(JWEAlgorithm.A256GCMKW, EncryptionMethod.A128GCM).build(), wrapping),
                jwe(headerOf(JWEAlgorithm.A256KW, EncryptionMethod.A256GCM).build(), wrapping),
                jwe(
                        headerOf(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).build(),
                        new DirectEncrypter(keyBytes(KEY_ID))),
                jwe(header().keyID(null).build(), wrapping),
                jwe(header().customParam("segment", null).build(), wrapping));
        for (int i = 0; i < lines.size(); i++) {
            assertThat(refusal(decrypter, stored(SEGMENT, lines.get(i)))).hasMessageContaining(expected.get(i));
        }
    }

    /** The same parameters, written by somebody else. */
    @Test
    void shouldTakeNoHeaderThatIsWrittenOtherwise() throws Exception {
        String[] parts = text(encrypt(encrypter, SEGMENT, json(1))).split("\\.", -1);
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        for (String other : List.of(
                header.replace(",\"enc\"", ", \"enc\""),
                header.replace(
                        "{\"alg\":\"A256GCMKW\",\"enc\":\"A256GCM\"", "{\"enc\":\"A256GCM\",\"alg\":\"A256GCMKW\""),
                header.replace("2026-11\",", "2026-11\",\"kid\":\"2026-11\","),
                header.replace("2026-11\",", "2026\\u002d11\","),
                header.replace("\"kid\":\"2026-11\"", "\"kid\":11"),
                header.replace("\"kid\":\"2026-11\"", "\"kid\":\"2026 11\""),
                header.replace("\"origin\":\"" + LOG + "\"", "\"origin\":[]"),
                header + " ",
                "[" + header + "]",
                "{}",
                "null",
                "\"\"",
                "",
                "{".repeat(500),
                "x".repeat(2_000))) {
            assertThat(other).isNotEqualTo(header);
            parts[0] = Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.UTF_8));

            LineDecryptionException refusal = refusal(decrypter, stored(SEGMENT, String.join(".", parts)));

            assertThat(refusal.reason()).as(other).isEqualTo(Reason.MALFORMED);
            assertThat(refusal.getMessage()).hasSizeLessThan(600).contains("expected", "found");
        }
    }

    private static JWEHeader.Builder header() {
        return headerOf(JWEAlgorithm.A256GCMKW, EncryptionMethod.A256GCM);
    }

    private static JWEHeader.Builder headerOf(JWEAlgorithm algorithm, EncryptionMethod method) {
        return new JWEHeader.Builder(algorithm, method)
                .keyID(KEY_ID)
                .customParam("origin", LOG)
                .customParam("segment", SEGMENT);
    }

    private static String jwe(JWEHeader header, JWEEncrypter encrypter) throws Exception {
        JWEObject jwe = new JWEObject(header, new Payload(json(1)));
        jwe.encrypt(encrypter);
        return jwe.serialize();
    }
}
