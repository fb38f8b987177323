package dev.affidavit.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedNoteTest {
    /** The example of golang.org/x/mod/sumdb/note, which C2SP signed-note writes down. */
    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String PETERS_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final SigningKey KEY = SigningKey.generate("example.com/log", new SecureRandom());

    @Test
    void shouldVerifyTheNoteThatOthersPublished() throws Exception {
        VerifierKey key = VerifierKey.parse(PETER);
        SignedNote note = SignedNote.parse(PETERS_NOTE);

        assertThat(note.isSignedBy(key)).isTrue();
        assertThat(note.toString()).isEqualTo(PETERS_NOTE);
        assertThat(key.toString()).isEqualTo(PETER);
        assertThat(key.name()).isEqualTo("PeterNeumann");
        assertThat(SignedNote.parse(PETERS_NOTE.replace("answer", "Answer")).isSignedBy(key))
                .isFalse();
    }

    /** RFC 8032, section 7.1: seed, public key, message, signature. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    })
    void shouldSignAndVerifyAsTheRfc(String seed, String publicKey, String message, String signature) throws Exception {
        String text = message.isEmpty() ? "" : new String(HexFormat.of().parseHex(message), UTF_8);
        String base64 = Text.base64(
                VerifierKey.typed(VerifierKey.TYPE_ED25519, HexFormat.of().parseHex(seed)));
        VerifierKey verifier = VerifierKey.of("k", HexFormat.of().parseHex(publicKey));
        SigningKey key = SigningKey.parse("PRIVATE+KEY+k+" + verifier.idInHex() + "+" + base64);

        assertThat(key.verifierKey()).isEqualTo(verifier);
        assertThat(HexFormat.of().formatHex(key.sign(text))).isEqualTo(signature);
        assertThat(verifier.verifies(text.getBytes(UTF_8), HexFormat.of().parseHex(signature)))
                .isTrue();
        assertThat(verifier.verifies(
                        (text + "x").getBytes(UTF_8), HexFormat.of().parseHex(signature)))
                .isFalse();
    }

    /** From the text of the note alone, as a stranger would. */
    @Test
    void shouldVerifyWithAnotherImplementation() {
        String note = SignedNote.sign("Größe\n", KEY).toString();
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        String[] signature = note.substring(text.length() + 1).strip().split(" ", -1);
        byte[] bytes = Base64.getDecoder().decode(signature[2]);
        String key = KEY.verifierKey().toString();
        byte[] publicKey = Base64.getDecoder().decode(key.substring(key.indexOf('+', key.indexOf('+') + 1) + 1));
        Ed25519Signer other = new Ed25519Signer();
        other.init(false, new Ed25519PublicKeyParameters(publicKey, 1));
        other.update(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length);

        assertThat(other.verifySignature(Arrays.copyOfRange(bytes, 4, bytes.length)))
                .isTrue();
        assertThat(HexFormat.of().formatHex(bytes, 0, 4)).isEqualTo(key.split("\\+", -1)[1]);
    }

    @Test
    void shouldReadWhatItWrites() throws Exception {
        for (int i = 0; i < 50; i++) {
            SigningKey key = SigningKey.generate("example.com/größe-" + i, new SecureRandom());

            assertThat(SigningKey.parse(key.secretText()).verifierKey()).isEqualTo(key.verifierKey());
            assertThat(VerifierKey.parse(key.verifierKey().toString())).isEqualTo(key.verifierKey());
            SignedNote note = SignedNote.sign("Größe\nund mehr\n", key, KEY);
            assertThat(SignedNote.parse(note.toString().getBytes(UTF_8))).isEqualTo(note);
            assertThat(note.isSignedBy(key.verifierKey())).isTrue();
            assertThat(note.isSignedBy(KEY.verifierKey())).isTrue();
        }
    }

    @Test
    void shouldKeepTheSecret() {
        assertThat(KEY.toString()).isEqualTo(KEY.verifierKey().toString()).doesNotContain("PRIVATE");
        assertThatThrownBy(() -> SigningKey.parse(KEY.secretText().replace("PRIVATE", "PRIVAT")))
                .hasMessageNotContaining(KEY.secretText().substring(40));
        assertThatThrownBy(() -> SigningKey.parse(KEY.secretText() + "!"))
                .isInstanceOf(MalformedSealException.class)
                .hasNoCause()
                .hasMessageNotContaining(KEY.secretText().substring(40));
    }

    @Test
    void shouldNotCountASignatureOfAnotherKeyWithTheSameName() {
        SigningKey sameName = SigningKey.generate("example.com/log", new SecureRandom());
        SignedNote note = SignedNote.sign("text\n", sameName);

        assertThat(note.isSignedBy(KEY.verifierKey())).isFalse();
        assertThat(SignedNote.sign("text\n", sameName, KEY).isSignedBy(KEY.verifierKey()))
                .as("others' signatures are passed over")
                .isTrue();
    }

    /** C2SP: a signature that says it is of a known key, and is not, spoils the note. */
    @Test
    void shouldNotVerifyBesideABadSignature() {
        SignedNote other = SignedNote.sign("other\n", KEY);
        SignedNote note = SignedNote.sign("text\n", KEY).with(other.signatures().get(0));

        assertThat(note.isSignedBy(KEY.verifierKey())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "\n\n— a AAAAAAA=\n",
                "text\n\n— a AAAAAAA=",
                "text\n\n— a AAAAAAA=\n\n",
                "text\n\n\n— a AAAAAAA=\n",
                "text\n\n- a AAAAAAA=\n",
                "text\n\n— a  AAAAAAA=\n",
                "text\n\n—  a AAAAAAA=\n",
                "text\n\n— a+b AAAAAAA=\n",
                "text\n\n— a\u00a0b AAAAAAA=\n",
                "text\n\n— a AAAAAAA\n",
                "text\n\n— a AAAAAAB=\n",
                "text\n\n— a AAAAAAA=\r\n",
                "text\n\n— a AAAA\n",
                "te\txt\n\n— a AAAAAAA=\n",
                "te\rxt\n\n— a AAAAAAA=\n",
                "te\u007fxt\n\n— a AAAAAAA=\n",
                "te\u0085xt\n\n— a AAAAAAA=\n",
                "te\0xt\n\n— a AAAAAAA=\n"
            })
    void shouldRefuseWhatIsNotWrittenSo(String note) {
        assertThatThrownBy(() -> SignedNote.parse(note.getBytes(UTF_8))).isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldRefuseWhatIsNoUtf8() {
        byte[] note = "texx\n\n— a AAAAAAA=\n".getBytes(UTF_8);
        note[2] = (byte) 0xC0;
        note[3] = (byte) 0xAF;
        assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(MalformedSealException.class);
        assertThatThrownBy(() -> SignedNote.parse("text\ud800\n\n— a AAAAAAA=\n"))
                .as("a lone surrogate, which no bytes are")
                .isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldRefuseEveryOtherWayToWriteAKey() {
        String key = KEY.verifierKey().toString();
        String id = KEY.verifierKey().idInHex();
        for (String other : List.of(
                key + "\n",
                " " + key,
                key.replace("+" + id, "+" + id.toUpperCase(Locale.ROOT) + "0"),
                key.replace("+" + id, "+00000000"),
                key.replace("example.com/log", ""),
                key.replace("example.com/log", "a b"),
                key.substring(0, key.length() - 1),
                key + "=",
                key.replaceFirst("\\+A", "+B"),
                key.substring(0, key.lastIndexOf('+') > 30 ? 30 : 20))) {
            assertThatThrownBy(() -> VerifierKey.parse(other)).as(other).isInstanceOf(MalformedSealException.class);
        }
    }

    /** y is a number below 2^255 - 19: the bytes of a larger one are another way to write a smaller one. */
    @Test
    void shouldRefuseAPointThatIsNotWrittenAsItIs() {
        byte[] large = HexFormat.of().parseHex("ee" + "ff".repeat(30) + "7f");
        assertThatThrownBy(() -> VerifierKey.of("k", large)).isInstanceOf(MalformedSealException.class);
    }

    /** S is a number below the order of the group: one that is larger by it would be a second signature. */
    @Test
    void shouldRefuseASecondSignatureMadeOfAFirst() throws Exception {
        byte[] signature = KEY.sign("text\n");
        byte[] order = HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (signature[32 + i] & 0xff) + (order[i] & 0xff);
            signature[32 + i] = (byte) carry;
            carry >>= 8;
        }

        assertThat(KEY.verifierKey().verifies("text\n".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(KEY.verifierKey().verifies("text\n".getBytes(UTF_8), new byte[63]))
                .isFalse();
        assertThat(KEY.verifierKey().verifies("text\n".getBytes(UTF_8), new byte[0]))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\nb", "a\u2003b", "\u0000"})
    void shouldMakeNoKeyWithANameThatNoNoteCanHave(String name) {
        assertThatThrownBy(() -> SigningKey.generate(name, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
