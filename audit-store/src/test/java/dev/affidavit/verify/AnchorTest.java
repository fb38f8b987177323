package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only keys and anchors tell: attackers with everything on the host, the live epoch's key and the log key too. */
final class AnchorTest {
    @TempDir
    Path directory;

    private Verification verified(SealedSample sample, Anchors anchors) throws Exception {
        return LogVerifier.of(directory).pinned(sample.pins()).against(anchors).verify();
    }

    private static Anchors checkpoint(SignedNote note) throws Exception {
        return Anchors.builder().checkpoint(note.toString()).build();
    }

    private static List<Rule> rules(Verification verification) {
        return verification.findings().stream().map(Finding::rule).toList();
    }

    @Test
    void shouldAgreeWithAnchorsOfEachAge() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3).checkpoint();
        SignedNote early = sample.checkpointNote();
        sample.lines(2).succession(Succession.Reason.TIME).rotate().lines(2).checkpoint();
        SignedNote late = sample.checkpointNote();
        Anchors.Builder all = Anchors.builder().checkpoint(early.toString()).checkpoint(late.toString());
        for (int i = 0; i < sample.size(); i++) {
            all.event(sample.lineAt(i)).leaf(TreeHash.leaf(sample.lineAt(i)));
        }

        Verification verification = verified(sample, all.build());

        assertThat(verification.verdict()).isEqualTo(Verdict.ANCHORED);
        assertThat(verification.counts().anchored()).isEqualTo(7);
        assertThat(verification.counts().eventsFound()).isEqualTo(7);
        assertThat(verification.findings()).isEmpty();
    }

    @Test
    void shouldNotPassWithoutPinsNorWithOthers() throws Exception {
        SealedSample sample = SampleLog.WHOLE.write(directory);
        Verification unpinned = LogVerifier.of(directory).verify();
        assertThat(unpinned.verdict()).isEqualTo(Verdict.KEY_UNKNOWN);
        assertThat(unpinned.isPass()).isFalse();
        assertThat(unpinned.counts().sealed()).isEqualTo(sample.size());

        SigningKey other = SigningKey.generate(SealedSample.ORIGIN, new SecureRandom());
        SigningKey otherEpoch = SigningKey.generate(SealedSample.ORIGIN + "/epoch-1", new SecureRandom());
        for (Pins pins : List.of(
                new Pins(List.of(sample.logKey().verifierKey())),
                new Pins(List.of(sample.firstEpochKey())),
                new Pins(List.of(other.verifierKey(), sample.firstEpochKey())),
                new Pins(List.of(sample.logKey().verifierKey(), otherEpoch.verifierKey())))) {
            Verification verification = LogVerifier.of(directory).pinned(pins).verify();

            assertThat(verification.verdict()).as("%s", pins).isEqualTo(Verdict.KEY_UNKNOWN);
            assertThat(rules(verification)).containsOnly(Rule.KEYS_PINNED);
        }
    }

    @Test
    void shouldReadPins() throws Exception {
        SealedSample sample = SampleLog.ONE_FILE.write(directory);
        String text = "# payments\r\n\r\n" + sample.logKey().verifierKey() + "\r\n  " + sample.firstEpochKey() + "\n";
        Path file = directory.resolve("pins.txt");
        Files.writeString(file, text);

        assertThat(Pins.read(file)).isEqualTo(sample.pins());
    }

    /** The seal and the lines behind an anchor are cut: files alone cannot tell that from a crash, or from nothing at all. */
    @Test
    void shouldFindACutLogWithAnAnchorAndOnlyThen() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3).checkpoint();
        byte[] seal = Files.readAllBytes(sample.seal(0));
        byte[] lines = Files.readAllBytes(sample.segment(0));
        sample.lines(3).checkpoint();
        SignedNote anchor = sample.checkpointNote();
        byte[] event = sample.lineAt(5);
        Files.write(sample.seal(0), seal);
        Files.write(sample.segment(0), lines);

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.SEALED);
        Verification byCheckpoint = verified(sample, checkpoint(anchor));
        assertThat(byCheckpoint.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(rules(byCheckpoint)).containsOnly(Rule.ANCHOR_SIZE);
        Verification byEvent = verified(sample, Anchors.builder().event(event).build());
        assertThat(byEvent.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(rules(byEvent)).containsOnly(Rule.ANCHOR_EVENT);
    }

    /** Only the seal is cut: the lines are there, and said to be unsealed, until an anchor tells that they were sealed. */
    @Test
    void shouldFindACutSealWithAnAnchorAndOnlyThen() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3).checkpoint();
        byte[] seal = Files.readAllBytes(sample.seal(0));
        sample.lines(3).checkpoint();
        SignedNote anchor = sample.checkpointNote();
        Files.write(sample.seal(0), seal);

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.UNSEALED_TAIL);
        Verification verification = verified(sample, checkpoint(anchor));
        assertThat(verification.verdict()).isEqualTo(Verdict.SEAL_MISSING);
        assertThat(rules(verification)).contains(Rule.ANCHOR_SEALED);
    }

    /** The attacker rewrites what the live epoch sealed, and signs it again with the live keys. */
    @Test
    void shouldFindTheLiveEpochRewrittenWithAnAnchorAndOnlyThen() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3).checkpoint().succession(Succession.Reason.TIME);
        byte[] seal = Files.readAllBytes(sample.seal(0));
        sample.line("{\"id\":\"evt_9\",\"user\":\"mallory\"}").checkpoint();
        SignedNote anchor = sample.checkpointNote();
        byte[] event = sample.lineAt(3);
        rewriteLast(sample, seal, "{\"id\":\"evt_9\",\"user\":\"alice\"}");

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.SEALED);
        Verification byCheckpoint = verified(sample, checkpoint(anchor));
        assertThat(byCheckpoint.verdict()).isEqualTo(Verdict.ROLLED_BACK);
        assertThat(rules(byCheckpoint)).containsOnly(Rule.ANCHOR_ROOT);
        Verification byEvent = verified(sample, Anchors.builder().event(event).build());
        assertThat(byEvent.isPass()).isFalse();
        assertThat(rules(byEvent)).containsOnly(Rule.ANCHOR_EVENT);
    }

    /** The same for lines of an epoch before: the live key cannot sign for it. */
    @Test
    void shouldFindAnEarlierEpochRewrittenWithoutAnAnchor() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3);
        byte[] seal = Files.readAllBytes(sample.seal(0));
        sample.succession(Succession.Reason.TIME).lines(2).checkpoint();
        byte[] whole = Files.readAllBytes(sample.seal(0));
        List<String> lines = Files.readAllLines(sample.segment(0));
        lines.set(1, "{\"id\":\"evt_1\",\"user\":\"alice\"}");
        Files.writeString(sample.segment(0), String.join("\n", lines) + "\n");

        Verification kept = verified(sample, Anchors.NONE);
        assertThat(kept.verdict()).isEqualTo(Verdict.TAMPERED);
        assertThat(rules(kept)).containsExactly(Rule.ROOT);
        assertThat(kept.findings().get(0).lines()).isEqualTo(new Finding.Lines(0, 3));

        List<TreeHash> leaves =
                lines.stream().map(line -> TreeHash.leaf(line.getBytes(UTF_8))).toList();
        Succession good = (Succession) SealedSample.read(whole).get(1).statement();
        Succession forged = new Succession(
                good.origin(),
                good.epoch(),
                good.nextKey(),
                good.size(),
                SealedSample.head(leaves.subList(0, 3)),
                good.reason(),
                null,
                good.time());
        Files.write(sample.seal(0), seal);
        sample.seal(sample.signed(forged, sample.epochKey()));

        Verification resigned = verified(sample, Anchors.NONE);
        assertThat(resigned.verdict()).isEqualTo(Verdict.TAMPERED);
        assertThat(rules(resigned)).contains(Rule.SIGNED_BY_EPOCH);
    }

    private static void rewriteLast(SealedSample sample, byte[] seal, String line) throws Exception {
        List<String> lines = Files.readAllLines(sample.segment(0));
        lines.set(lines.size() - 1, line);
        Files.writeString(sample.segment(0), String.join("\n", lines) + "\n");
        List<TreeHash> leaves =
                lines.stream().map(one -> TreeHash.leaf(one.getBytes(UTF_8))).toList();
        Files.write(sample.seal(0), seal);
        sample.seal(sample.signed(
                new Checkpoint(SealedSample.ORIGIN, leaves.size(), SealedSample.head(leaves)), sample.epochKey()));
    }

    /** Everything is put back to what it was, keys and all, and goes on from there. */
    @Test
    void shouldFindARollbackWithAnAnchorAndOnlyThen() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3).checkpoint();
        byte[] seal = Files.readAllBytes(sample.seal(0));
        byte[] lines = Files.readAllBytes(sample.segment(0));
        sample.lines(2).checkpoint();
        SignedNote anchor = sample.checkpointNote();
        Files.write(sample.segment(0), lines);
        Files.writeString(
                sample.segment(0), "{\"n\":\"x\"}\n{\"n\":\"y\"}\n{\"n\":\"z\"}\n", StandardOpenOption.APPEND);
        List<TreeHash> leaves = Files.readAllLines(sample.segment(0)).stream()
                .map(line -> TreeHash.leaf(line.getBytes(UTF_8)))
                .toList();
        Files.write(sample.seal(0), seal);
        sample.seal(
                sample.signed(new Checkpoint(SealedSample.ORIGIN, 6, SealedSample.head(leaves)), sample.epochKey()));

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.SEALED);
        assertThat(verified(sample, checkpoint(anchor)).verdict()).isEqualTo(Verdict.ROLLED_BACK);
    }

    /** Wiped and made anew with the log key: epoch 1 is another. */
    @Test
    void shouldFindALogMadeAnew() throws Exception {
        SealedSample sample = SampleLog.ONE_FILE.write(directory);
        SigningKey epoch = SigningKey.generate(SealedSample.ORIGIN + "/epoch-1", new SecureRandom());
        List<SignedStatement> statements = SealedSample.read(Files.readAllBytes(sample.seal(0)));
        SegmentStart old = (SegmentStart) statements.get(0).statement();
        Files.delete(sample.seal(0));
        sample.seal(sample.signed(
                new SegmentStart(old.origin(), old.segment(), old.before(), 1, epoch.verifierKey(), old.time(), null),
                epoch));
        sample.seal(sample.signed(statements.get(1).statement(), epoch));

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.KEY_UNKNOWN);
    }

    @Test
    void shouldSayThatAnAnchorIsOfPrunedLines() throws Exception {
        SealedSample sample = SealedSample.in(directory).lines(3);
        SignedNote inside = sample.checkpointNote();
        byte[] event = sample.lineAt(1);
        sample.lines(2).rotate();
        SignedNote atEnd = sample.checkpointNote();
        sample.lines(2).checkpoint().prune();

        Verification verification = verified(
                sample,
                Anchors.builder()
                        .checkpoint(inside.toString())
                        .checkpoint(atEnd.toString())
                        .event(event)
                        .leaf(TreeHash.leaf(event))
                        .build());

        assertThat(verification.verdict()).isEqualTo(Verdict.ANCHORED);
        assertThat(verification.counts().anchored()).isEqualTo(5);
        assertThat(rules(verification)).containsOnly(Rule.FILES_PRUNED, Rule.ANCHOR_PRUNED);
    }

    @Test
    void shouldTakeNoAnchorOfAnotherLogOrKey() throws Exception {
        SealedSample sample = SampleLog.ONE_FILE.write(directory);
        SigningKey other = SigningKey.generate(SealedSample.ORIGIN, new SecureRandom());
        String text = sample.checkpointNote().text();

        for (SignedNote forged : List.of(
                SignedNote.sign(text, other),
                SignedNote.sign(text, sample.epochKey()),
                SignedNote.sign(text.replace("payments", "returns"), sample.logKey()))) {
            Verification verification = verified(sample, checkpoint(forged));

            assertThat(rules(verification)).containsOnly(Rule.ANCHOR_OF_LOG);
            assertThat(verification.isPass()).isFalse();
        }
    }

    @Test
    void shouldFindALogThatIsGone() throws Exception {
        SealedSample sample = SampleLog.ONE_FILE.write(directory);
        SignedNote anchor = sample.checkpointNote();
        Files.delete(sample.segment(0));
        Files.delete(sample.seal(0));

        assertThat(verified(sample, Anchors.NONE).verdict()).isEqualTo(Verdict.SEAL_MISSING);
        assertThat(verified(sample, checkpoint(anchor)).verdict()).isEqualTo(Verdict.TRUNCATED);
    }

    private static byte[] event(int number, String user) {
        return "{\"id\":\"evt_%d_1795213454\",\"user\":\"%s\"}"
                .formatted(1_795_213_454_000_000_000L + number, user)
                .getBytes(UTF_8);
    }

    private SealedSample events(int count) throws Exception {
        SealedSample sample = SealedSample.in(directory);
        for (int i = 0; i < count; i++) {
            sample.line(new String(event(i, "alice"), UTF_8));
        }
        return sample.checkpoint();
    }

    /** A place that has all events: what it lacks between those that it has is told, and what it does not have yet is not. */
    @Test
    void shouldFindLinesThatAreNotStoredBetweenOthersThatAre() throws Exception {
        SealedSample sample = events(10);
        Anchors.Builder stored = Anchors.builder();
        for (int i : List.of(2, 3, 6, 7)) {
            stored.stored(event(i, "alice"), null);
        }

        Verification verification = verified(sample, stored.build());

        assertThat(verification.verdict()).isEqualTo(Verdict.NOT_STORED);
        assertThat(verification.isPass()).isFalse();
        assertThat(rules(verification)).containsExactly(Rule.ANCHOR_STORED);
        assertThat(verification.findings().get(0).lines()).isEqualTo(new Finding.Lines(4, 6));
        assertThat(verification.counts().storedFrom()).isEqualTo(2);
        assertThat(verification.counts().storedEnd()).isEqualTo(8);
        Anchors.Builder some = Anchors.builder().event(event(2, "alice")).event(event(7, "alice"));
        assertThat(verified(sample, some.build()).verdict()).isEqualTo(Verdict.ANCHORED);
    }

    @Test
    void shouldTellAnotherLineUnderTheIdOfAnEvent() throws Exception {
        SealedSample sample = events(5);
        Anchors.Builder stored = Anchors.builder();
        for (int i = 0; i < 5; i++) {
            stored.stored(event(i, i == 3 ? "mallory" : "alice"), null);
        }

        Verification verification = verified(sample, stored.build());

        assertThat(verification.verdict()).isEqualTo(Verdict.ROLLED_BACK);
        assertThat(rules(verification)).containsExactlyInAnyOrder(Rule.ANCHOR_EVENT, Rule.ANCHOR_STORED);
        assertThat(verification.findings())
                .allSatisfy(finding -> assertThat(finding.lines()).isEqualTo(new Finding.Lines(3, 4)))
                .anySatisfy(finding -> assertThat(finding.found()).isEqualTo("another line under this id"));
    }

    /** A cut log can lack millions. */
    @Test
    void shouldTellTheFirstMissingEventsAndHowManyMoreThereAre() throws Exception {
        SealedSample sample = events(3);
        Anchors.Builder stored = Anchors.builder();
        for (int i = 0; i < 1000; i++) {
            stored.stored(event(i, "alice"), null);
        }

        Verification verification = verified(sample, stored.build());

        assertThat(verification.verdict()).isEqualTo(Verdict.TRUNCATED);
        assertThat(verification.findings()).hasSize(101);
        assertThat(verification.findings().get(100).found()).isEqualTo("897 more like the 100 above");
        assertThat(verification.counts().eventsFound()).isEqualTo(3);
    }

    /** As every place has that keeps events for longer than the log does. */
    @Test
    void shouldTellInOneFindingOfEventsThatWerePruned() throws Exception {
        SealedSample sample = events(5).rotate();
        sample.line(new String(event(5, "alice"), UTF_8)).checkpoint().prune();
        Anchors.Builder stored = Anchors.builder();
        for (int i = 5; i >= 0; i--) {
            stored.stored(event(i, "alice"), null);
        }

        Verification verification = verified(sample, stored.build());

        assertThat(verification.verdict()).isEqualTo(Verdict.ANCHORED);
        assertThat(verification.findings())
                .filteredOn(finding -> finding.rule() == Rule.ANCHOR_PRUNED)
                .extracting(Finding::found)
                .containsExactly(
                        "5 events from evt_1795213454000000000_1795213454 to evt_1795213454000000004_1795213454,"
                                + " which are not there: they were pruned");
    }
}
