package dev.affidavit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what witnesses of the public network have signed. */
final class WitnessKeyTest {
    private static final String STAGEMOLE =
            "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv";
    private static final String REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private static final String REKOR = """
            log2025-1.rekor.sigstore.dev
            139911860
            EliTHtnx44DhEBH+5qIXBtQsSpc54Avam7mIYEvxnTA=

            — log2025-1.rekor.sigstore.dev zxGZFcOra4Y7QpuiQen+CmnUvDZbxSXfBOXJzL+HKIeR9aC58QTfao58ABqkhVyBhQDseS+TZdDNpcnZhoRxkh7IbQ0=
            — witness.stagemole.eu Z/euoAAAAABqxF18wrJCADsJ1G5Lc2JaRjZqqBwjpNqH24yQse4iJ4rKS6b5MtvHP+IbKYXwaWuWokdGA+BubLFi+TrwK7xpKr6XBw==
            """;

    private static final String ARCHE = """
            arche2025h1.staging.ct.transparency.dev
            1432088532
            U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

            — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
            — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
            — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
            """;

    @Test
    void shouldKnowItsCosignatureAndWhenItWasMade() throws Exception {
        WitnessKey stagemole = WitnessKey.parse(STAGEMOLE);
        WitnessKey remora = WitnessKey.parse(REMORA);

        assertThat(stagemole.name()).isEqualTo("witness.stagemole.eu");
        assertThat(stagemole.idInHex()).isEqualTo("67f7aea0");
        assertThat(stagemole).hasToString(STAGEMOLE).isEqualTo(WitnessKey.parse(STAGEMOLE));
        assertThat(stagemole.cosigned(SignedNote.parse(REKOR))).contains(Instant.ofEpochSecond(0x6ac45d7cL));
        assertThat(stagemole.cosigned(SignedNote.parse(ARCHE))).contains(Instant.ofEpochSecond(0x6a122120L));
        assertThat(remora.cosigned(SignedNote.parse(ARCHE))).contains(Instant.ofEpochSecond(0x6a122120L));
        assertThat(remora.cosigned(SignedNote.parse(REKOR))).isEmpty();
        assertThat(remora.isNamedIn(SignedNote.parse(REKOR))).isFalse();
    }

    @Test
    void shouldRefuseACosignatureOfAnotherTextOrTime() throws Exception {
        WitnessKey key = WitnessKey.parse(STAGEMOLE);
        SignedNote otherSize = SignedNote.parse(REKOR.replace("139911860", "139911861"));
        SignedNote otherTime = SignedNote.parse(REKOR.replace("Z/euoAAAAABqxF18", "Z/euoAAAAABqxF19"));
        SignedNote noTime = SignedNote.parse(REKOR.replace("Z/euoAAAAABqxF18", "Z/euoP//////////"));

        for (SignedNote note : List.of(otherSize, otherTime, noTime)) {
            assertThat(key.isNamedIn(note)).isTrue();
            assertThat(key.cosigned(note)).isEmpty();
        }
    }

    /** C2SP signed-note: a note with a bad signature of a known key is refused, whatever else stands under it. */
    @Test
    void shouldRefuseABadCosignatureBesideAGoodOne() throws Exception {
        WitnessKey key = WitnessKey.parse(STAGEMOLE);
        SignedNote note = SignedNote.parse(REKOR);
        NoteSignature ofAnother = SignedNote.parse(ARCHE).signatures().get(2);

        assertThat(key.cosigned(note.with(ofAnother))).isEmpty();
        assertThat(key.cosigned(note.with(note.signatures().get(1)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "witness.stagemole.eu",
                "witness.stagemole.eu+67f7aea1+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
                "witness.stagemole.eu+67f7aea0+AUqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
                "geomys.org/witness/test-log+c0787ff4+AeMb5VOzy60PTGdGmLPxOKGAa0jNyDGsgv2rnprGju1t"
            })
    void shouldRefuseWhatIsNoKeyOfAWitness(String text) {
        assertThatThrownBy(() -> WitnessKey.parse(text)).isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldSayThatKeysOfMlDsaAreNotKnown() {
        assertThatThrownBy(() -> WitnessKey.parse("w+6bc44249+BvKb" + "A".repeat(1748)))
                .isInstanceOf(MalformedSealException.class)
                .hasMessageContaining("ML-DSA-44");
    }
}
