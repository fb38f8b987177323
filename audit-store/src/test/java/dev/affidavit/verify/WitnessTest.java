package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.TestWitness;
import dev.affidavit.verify.Verification.Witnessed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness's cosignature tells of a log, whoever has its host. */
final class WitnessTest {
    private static final Instant SEEN = Instant.parse("2026-11-21T10:16:00Z");

    @TempDir
    Path directory;

    private TestWitness witness;
    private SealedSample sample;

    @BeforeEach
    void prepare() throws Exception {
        witness = new TestWitness();
        sample = SealedSample.in(directory).lines(5).checkpoint();
    }

    private Path kept() {
        return directory.resolve(".affidavit/witness/" + witness.key().idInHex() + ".checkpoint");
    }

    private void keep(SignedNote note) throws Exception {
        Files.createDirectories(kept().getParent());
        Files.writeString(kept(), note.toString());
    }

    private Verification verified(Anchors anchors) throws Exception {
        return LogVerifier.of(directory)
                .pinned(sample.pins())
                .against(anchors)
                .witnessedBy(List.of(witness.key()))
                .verify();
    }

    private Verification verified() throws Exception {
        return verified(Anchors.NONE);
    }

    private static Finding only(Verification verification) {
        assertThat(verification.findings()).hasSize(1);
        return verification.findings().get(0);
    }

    @Test
    void shouldBeAnchoredByWhatIsKept() throws Exception {
        keep(witness.cosign(sample.checkpointNote(), SEEN));
        sample.lines(2).checkpoint();

        Verification verification = verified();

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.verdict()).isEqualTo(Verdict.ANCHORED);
        assertThat(verification.counts().anchored()).isEqualTo(5);
        assertThat(verification.witnessed()).containsExactly(new Witnessed(witness.key(), 5, SEEN));
        assertThat(LogVerifier.of(directory).pinned(sample.pins()).verify().verdict())
                .as("nobody named the witness")
                .isEqualTo(Verdict.SEALED);
    }

    @Test
    void shouldBeAnchoredByWhatIsGiven() throws Exception {
        SignedNote early = witness.cosign(sample.checkpointNote(), SEEN);
        sample.lines(2).checkpoint();
        SignedNote late = witness.cosign(sample.checkpointNote(), SEEN.plusSeconds(60));

        Verification verification = verified(Anchors.builder()
                .checkpoint(late.toString())
                .checkpoint(early.toString())
                .build());

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.witnessed()).containsExactly(new Witnessed(witness.key(), 7, SEEN.plusSeconds(60)));
    }

    @Test
    void shouldNotPassWithoutWhatTheWitnessSigned() throws Exception {
        Finding missing = only(verified());
        keep(sample.checkpointNote());
        Finding notCosigned = only(verified());
        keep(new TestWitness().cosign(sample.checkpointNote(), SEEN));
        Finding byAnother = only(verified());
        Files.writeString(kept(), "no checkpoint\n");
        Finding damaged = only(verified());

        for (Finding finding : List.of(missing, notCosigned, byAnother, damaged)) {
            assertThat(finding.rule()).isEqualTo(Rule.COSIGNED);
            assertThat(finding.verdict()).isEqualTo(Verdict.SEAL_MISSING);
            assertThat(finding.expected())
                    .contains(
                            "witness.example.com/w1",
                            ".affidavit/witness/" + witness.key().idInHex());
        }
    }

    @Test
    void shouldNotPassWithACosignatureThatIsNotGood() throws Exception {
        SignedNote cosigned = witness.cosign(sample.checkpointNote(), SEEN);
        SignedNote later = witness.cosign(sample.lines(1).checkpoint().checkpointNote(), SEEN);
        keep(new SignedNote(
                later.text(),
                List.of(later.signatures().get(0), cosigned.signatures().get(2))));

        Verification verification = verified();

        assertThat(verification.verdict()).isEqualTo(Verdict.SEAL_MISSING);
        assertThat(verification.findings())
                .extracting(Finding::rule, Finding::verdict)
                .contains(tuple(Rule.COSIGNED, Verdict.KEY_UNKNOWN), tuple(Rule.COSIGNED, Verdict.SEAL_MISSING));
        assertThat(verification.witnessed()).isEmpty();
    }

    @Test
    void shouldFindThatTheLogWasCutBehindWhatTheWitnessSaw() throws Exception {
        byte[] seal = Files.readAllBytes(sample.seal(0));
        byte[] lines = Files.readAllBytes(sample.segment(0));
        sample.lines(3).checkpoint();
        keep(witness.cosign(sample.checkpointNote(), SEEN));
        Files.write(sample.seal(0), seal);
        Files.write(sample.segment(0), lines);

        Finding cut = only(verified());

        assertThat(cut.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(cut.rule()).isEqualTo(Rule.ANCHOR_SIZE);
        assertThat(cut.expected())
                .contains("at least 8 lines", "which witness.example.com/w1 cosigned at 2026-11-21T10:16:00Z");
    }

    @Test
    void shouldFollowNoLink() throws Exception {
        keep(witness.cosign(sample.checkpointNote(), SEEN));
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(kept(), elsewhere);
        Files.createSymbolicLink(kept(), elsewhere);

        assertThat(only(verified()).rule()).isEqualTo(Rule.COSIGNED);
    }
}
