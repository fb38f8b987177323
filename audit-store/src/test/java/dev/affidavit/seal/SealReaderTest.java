package dev.affidavit.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealReaderTest {
    private static final String ORIGIN = "größe.example.com/audit/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97";
    private static final SigningKey LOG = SigningKey.generate(ORIGIN, new SecureRandom());
    private static final SigningKey EPOCH = SigningKey.generate(Statement.epochKeyName(ORIGIN, 1), new SecureRandom());
    private static final List<Statement> STATEMENTS = List.of(
            new SegmentStart(
                    ORIGIN,
                    "security_audit_2026-11-21_10-15-00.log",
                    TreeRange.EMPTY,
                    1,
                    EPOCH.verifierKey(),
                    Instant.EPOCH,
                    null),
            new Checkpoint(ORIGIN, 3, TreeHash.EMPTY),
            new Checkpoint(ORIGIN, 1830, TreeHash.leaf(new byte[0])),
            new Checkpoint(ORIGIN, 1831, TreeHash.leaf(new byte[1])));
    private static final byte[] SEAL = written(STATEMENTS);
    private static final int SECTOR = 512;
    /** To verify a signature takes a millisecond: so that is done for some of the flips, which come by all bits of a byte. */
    private static final int COPRIME_TO_8 = 11;

    private static byte[] written(List<Statement> statements) {
        StringBuilder seal = new StringBuilder();
        statements.forEach(
                statement -> seal.append(SignedStatement.written(SignedNote.sign(statement.text(), LOG, EPOCH))));
        return seal.toString().getBytes(UTF_8);
    }

    /** What was read of a seal. */
    private record Read(List<SignedStatement> statements, long unfinishedFrom) {}

    private static Read read(byte[] seal) throws Exception {
        List<SignedStatement> statements = new ArrayList<>();
        try (SealReader reader = SealReader.of(new ByteArrayInputStream(seal))) {
            for (SignedStatement next = reader.next(); next != null; next = reader.next()) {
                statements.add(next);
            }
            assertThat(reader.next()).isNull();
            return new Read(statements, reader.unfinishedFrom());
        }
    }

    private static boolean isSigned(SignedStatement statement) {
        return statement.note().isSignedBy(LOG.verifierKey())
                && statement.note().isSignedBy(EPOCH.verifierKey());
    }

    @Test
    void shouldReadAllStatements() throws Exception {
        Read read = read(SEAL);

        assertThat(read.statements()).extracting(SignedStatement::statement).isEqualTo(STATEMENTS);
        assertThat(read.statements()).allMatch(SealReaderTest::isSigned);
        assertThat(read.unfinishedFrom()).isEqualTo(-1);
        assertThat(read.statements().get(3).end()).isEqualTo(SEAL.length);
    }

    @Test
    void shouldReadAnEmptySeal() throws Exception {
        assertThat(read(new byte[0])).isEqualTo(new Read(List.of(), -1));
    }

    /** A flipped bit is found by the form or by a signature: never does it read as the same. */
    @Test
    void shouldTakeNoFlippedBit() throws Exception {
        List<SignedStatement> good = read(SEAL).statements();
        for (int bit = 0; bit < 8 * SEAL.length; bit++) {
            byte[] flipped = SEAL.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Read read;
            try {
                read = read(flipped);
            } catch (MalformedSealException e) {
                assertThat(e).hasMessageStartingWith("byte ");
                continue;
            }
            assertThat(read.statements()).as("bit %d", bit).isNotEqualTo(good);
            for (int i = 0; i < read.statements().size(); i++) {
                SignedStatement statement = read.statements().get(i);
                boolean tried = bit % COPRIME_TO_8 == 0 && !statement.equals(good.get(i));
                assertThat(tried && isSigned(statement)).as("bit %d", bit).isFalse();
            }
        }
    }

    @Test
    void shouldTellEveryCutFromDamage() throws Exception {
        List<SignedStatement> good = read(SEAL).statements();
        for (int length = 0; length < SEAL.length; length++) {
            Read read = read(Arrays.copyOf(SEAL, length));

            int at = length;
            List<SignedStatement> whole =
                    good.stream().filter(statement -> statement.end() <= at).toList();
            long end = whole.isEmpty() ? 0 : whole.get(whole.size() - 1).end();
            assertThat(read).as("cut at %d", length).isEqualTo(new Read(whole, end == length ? -1 : end));
        }
    }

    /** What a power cut leaves: zeros from the beginning of the last statement or of a sector, up to that of another or to the end. */
    @Test
    void shouldTellSectorsThatWereNeverWrittenFromDamage() throws Exception {
        long last = read(SEAL).statements().get(3).offset();
        for (int from = (int) last; from < SEAL.length; from++) {
            byte[] zeroed = SEAL.clone();
            Arrays.fill(zeroed, from, SEAL.length, (byte) 0);
            if (from == last || from % SECTOR == 0) {
                assertThat(read(zeroed).unfinishedFrom())
                        .as("zeros from %d", from)
                        .isEqualTo(last);
            } else {
                assertThatThrownBy(() -> read(zeroed))
                        .as("zeros from %d", from)
                        .isInstanceOf(MalformedSealException.class);
            }
        }
        byte[] longer = Arrays.copyOf(SEAL, SEAL.length + 3 * SECTOR);
        assertThat(read(longer).unfinishedFrom()).isEqualTo(SEAL.length);

        int sector = (int) (last / SECTOR + 1) * SECTOR;
        byte[] zeroed = SEAL.clone();
        Arrays.fill(zeroed, sector, Math.min(sector + SECTOR, SEAL.length), (byte) 0);
        assertThat(read(zeroed).unfinishedFrom()).isEqualTo(last);
        byte[] first = SEAL.clone();
        Arrays.fill(first, (int) last, sector, (byte) 0);
        assertThat(read(first).unfinishedFrom()).isEqualTo(last);
    }

    /** Whatever was written in one go: a day of successions, when a file is removed. */
    @Test
    void shouldBearAnyLengthOfWhatWasNotWritten() throws Exception {
        byte[] zeros = Arrays.copyOf(SEAL, SEAL.length + 5 * SealReader.MAX_STATEMENT_BYTES);
        assertThat(read(zeros).unfinishedFrom()).isEqualTo(SEAL.length);

        int sector = (SEAL.length / SECTOR + 1) * SECTOR;
        Arrays.fill(zeros, sector, zeros.length, (byte) 'a');
        assertThat(read(zeros).unfinishedFrom()).isEqualTo(SEAL.length);
        zeros[zeros.length - 1] = 0;
        assertThatThrownBy(() -> read(zeros)).hasMessageContaining("NUL bytes that no crash leaves");
    }

    @Test
    void shouldTakeAnyPartOfAnyStatementForItsBeginning() throws Exception {
        List<Statement> each = List.of(
                new Succession(
                        ORIGIN, 1, EPOCH.verifierKey(), 3, TreeHash.EMPTY, Succession.Reason.TIME, null, Instant.EPOCH),
                new PruneRecord(
                        ORIGIN,
                        1,
                        "security_audit_2026-11-21_10-15-00.log",
                        0,
                        3,
                        TreeHash.EMPTY,
                        "maxAge",
                        Instant.EPOCH));
        for (Statement statement : each) {
            byte[] written = written(List.of(statement));
            for (int length = 1; length < written.length; length++) {
                byte[] cut = Arrays.copyOf(SEAL, SEAL.length + length);
                System.arraycopy(written, 0, cut, SEAL.length, length);
                assertThat(read(cut).unfinishedFrom()).as("cut at %d", length).isEqualTo(SEAL.length);
            }
        }
    }

    @Test
    void shouldTakeNoOtherZerosForACrash() throws Exception {
        SignedStatement second = read(SEAL).statements().get(1);
        for (int at = 0; at < SEAL.length - 1; at++) {
            byte[] zeroed = SEAL.clone();
            zeroed[at] = 0;
            assertThatThrownBy(() -> read(zeroed)).as("a zero at %d", at).isInstanceOf(MalformedSealException.class);
        }
        byte[] gone = SEAL.clone();
        Arrays.fill(gone, (int) second.offset(), (int) second.end(), (byte) 0);
        assertThatThrownBy(() -> read(gone))
                .as("a statement that others follow")
                .isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldRefuseWhatIsNoBeginning() {
        for (String behind : List.of(
                "\n",
                "\n\n",
                "x",
                "x\n",
                "x\n\n",
                "x\ny\nz\n\n",
                "affidavit-prune 2",
                "affidavit-segment 1\n\n",
                ORIGIN + "x",
                ORIGIN + "\n1\n\n",
                "another" + new Checkpoint(ORIGIN, 3, TreeHash.EMPTY).text() + "\n",
                new Checkpoint(ORIGIN, 3, TreeHash.EMPTY).text() + "\nx")) {
            byte[] more = (new String(SEAL, UTF_8) + behind).getBytes(UTF_8);
            assertThatThrownBy(() -> read(more)).as(behind).isInstanceOf(MalformedSealException.class);
        }
        byte[] noText = Arrays.copyOf(SEAL, SEAL.length + 1);
        noText[SEAL.length] = (byte) 0xFF;
        assertThatThrownBy(() -> read(noText)).isInstanceOf(MalformedSealException.class);
        assertThatThrownBy(() -> read(ORIGIN.getBytes(UTF_8)))
                .as("no seal begins with a checkpoint")
                .isInstanceOf(MalformedSealException.class);
    }

    @Test
    void shouldRefuseAStatementOfAnySize() {
        byte[] large = new byte[SealReader.MAX_STATEMENT_BYTES + 1];
        Arrays.fill(large, (byte) 'a');
        assertThatThrownBy(() -> read(large)).hasMessageContaining("at most 65536 bytes");
    }
}
