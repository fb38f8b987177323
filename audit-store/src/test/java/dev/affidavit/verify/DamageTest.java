package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.Succession;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small logs, damaged in every way there is: each is found, and where. */
final class DamageTest {
    /** {@code -Daffidavit.damage=all}: minutes. */
    private static final boolean ALL = "all".equals(System.getProperty("affidavit.damage"));

    @TempDir
    Path directory;

    private SealedSample sample;

    /** Three files, with short lines and no more statements than it needs: each of them costs a millisecond in each run. */
    @BeforeEach
    void write() throws Exception {
        sample = SealedSample.in(directory)
                .line("{\"n\":0}")
                .checkpoint()
                .line("{\"n\":1}")
                .rotate()
                .line("{\"n\":2}")
                .succession(Succession.Reason.TIME)
                .line("{\"n\":3}")
                .rotate()
                .line("{\"n\":4}")
                .line("{\"n\":5}")
                .checkpoint();
    }

    /** Which of the bits, or of the lengths, are tried: a number that comes by all bits of a byte. */
    private static int step(int unlessAll) {
        return ALL ? 1 : unlessAll;
    }

    private Verification verified() throws Exception {
        return LogVerifier.of(directory).pinned(sample.pins()).threads(1).verify();
    }

    /** That the log fails, and that one of the findings is about this place. */
    private Finding found(Path file) throws Exception {
        Verification verification = verified();
        assertThat(verification.isPass()).as("%s", verification).isFalse();
        return verification.findings().stream()
                .filter(finding -> file.getFileName().toString().equals(finding.file()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing found in " + file + ": " + verification));
    }

    private static Finding.Lines linesOf(Finding finding) {
        return Objects.requireNonNull(finding.lines(), finding::toString);
    }

    private static List<byte[]> linesOf(Path file) throws Exception {
        List<byte[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add((line + "\n").getBytes(UTF_8));
        }
        return lines;
    }

    private static void write(Path file, List<byte[]> parts) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        Files.write(file, bytes.toByteArray());
    }

    /** The statements of a seal, as they stand there. */
    private static List<byte[]> statementsOf(Path seal) throws Exception {
        List<byte[]> statements = new ArrayList<>();
        for (SignedStatement statement : SealedSample.read(Files.readAllBytes(seal))) {
            statements.add(SignedStatement.written(statement.note()).getBytes(UTF_8));
        }
        return statements;
    }

    @Test
    void shouldFindNothingBeforeTheDamage() throws Exception {
        assertThat(verified().verdict()).isEqualTo(Verdict.SEALED);
        assertThat(verified().findings()).isEmpty();
    }

    // ---- lines

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachBitOfAFile(int segment) throws Exception {
        Path file = sample.segment(segment);
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * good.length; bit += step(5)) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);

            Finding finding = found(file);

            long line = lineAt(segment, bit / 8);
            assertThat(linesOf(finding).first()).as("%s", finding).isLessThanOrEqualTo(line);
            assertThat(linesOf(finding).end()).as("%s", finding).isGreaterThan(line);
        }
    }

    /** Index of the line that a byte of a file is in. */
    private long lineAt(int segment, int offset) {
        long line = 0;
        for (int i = 0; i < segment; i++) {
            line += sample.linesIn(i);
        }
        int end = 0;
        for (int i = (int) line; ; i++) {
            end += sample.lineAt(i).length + 1;
            if (offset < end) {
                return i;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachLineDeletedRepeatedOrSwapped(int segment) throws Exception {
        Path file = sample.segment(segment);
        List<byte[]> good = linesOf(file);
        for (int i = 0; i < good.size(); i++) {
            List<byte[]> deleted = new ArrayList<>(good);
            deleted.remove(i);
            write(file, deleted);
            assertThat(found(file).lines()).isNotNull();

            List<byte[]> repeated = new ArrayList<>(good);
            repeated.add(i, good.get(i));
            write(file, repeated);
            assertTold(segment, i, good.size());

            for (int j = 0; j < i; j++) {
                List<byte[]> swapped = new ArrayList<>(good);
                Collections.swap(swapped, i, j);
                write(file, swapped);
                assertThat(found(file).rule()).isEqualTo(Rule.ROOT);
            }
        }
    }

    /** A line more at the end of the last file is a line that is not sealed, which everyone can write. */
    private void assertTold(int segment, int line, int lines) throws Exception {
        boolean behindAll = segment == 2 && line == lines - 1;
        assertThat(verified().verdict()).isEqualTo(behindAll ? Verdict.UNSEALED_TAIL : Verdict.TAMPERED);
    }

    @Test
    void shouldFindEachLineMovedToAnotherFile() throws Exception {
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                List<byte[]> source = linesOf(sample.segment(from));
                List<byte[]> target = linesOf(sample.segment(to));
                for (int i = 0; from != to && i < source.size(); i++) {
                    List<byte[]> less = new ArrayList<>(source);
                    List<byte[]> more = new ArrayList<>(target);
                    more.add(0, less.remove(i));
                    write(sample.segment(from), less);
                    write(sample.segment(to), more);

                    assertThat(found(sample.segment(from)).verdict()).isNotEqualTo(Verdict.UNSEALED_TAIL);
                    assertThat(found(sample.segment(to)).rule()).isEqualTo(Rule.ROOT);

                    write(sample.segment(from), source);
                    write(sample.segment(to), target);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachCutOfAFile(int segment) throws Exception {
        Path file = sample.segment(segment);
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));

            Finding finding = found(file);

            assertThat(finding.rule()).as("cut at %d", length).isEqualTo(Rule.LINES_THERE);
            assertThat(finding.verdict()).isEqualTo(segment == 2 ? Verdict.TRUNCATED : Verdict.TAMPERED);
            assertThat(linesOf(finding).first()).isLessThanOrEqualTo(lineAt(segment, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindZerosInPlaceOfLines(int segment) throws Exception {
        Path file = sample.segment(segment);
        byte[] good = Files.readAllBytes(file);
        for (int from = 0; from < good.length; from++) {
            byte[] zeroed = good.clone();
            Arrays.fill(zeroed, from, good.length, (byte) 0);
            Files.write(file, zeroed);

            assertThat(found(file).rule()).isIn(Rule.LINES_THERE, Rule.ROOT);
        }
    }

    // ---- seals

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachBitOfASeal(int segment) throws Exception {
        Path seal = sample.seal(segment);
        byte[] good = Files.readAllBytes(seal);
        for (int bit = segment; bit < 8 * good.length; bit += step(253)) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(seal, flipped);

            assertThat(found(seal).offset()).as("bit %d", bit).isBetween(0L, (long) bit / 8);
        }
    }

    @Test
    void shouldFindEachBitOfWhatIsKeptOfPrunedSeals() throws Exception {
        deleteAll();
        sample = SampleLog.PRUNED.write(directory);
        Path seal = sample.prunedSeal();
        byte[] good = Files.readAllBytes(seal);
        for (int bit = 0; bit < 8 * good.length; bit += step(1501)) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(seal, flipped);

            assertThat(verified().isPass()).as("bit %d", bit).isFalse();
        }
    }

    /** Behind the last statement a seal may be cut by a crash; anywhere else that was somebody. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldTellEachCutOfASealFromACrash(int segment) throws Exception {
        Path seal = sample.seal(segment);
        byte[] good = Files.readAllBytes(seal);
        int firstEnd = statementsOf(seal).get(0).length;
        for (int length = 0; length < good.length; length += step(71)) {
            Files.write(seal, Arrays.copyOf(good, length));

            Verification verification = verified();

            boolean canBeACrash = segment == 2 && length >= firstEnd;
            assertThat(verification.verdict())
                    .as("cut at %d: %s", length, verification)
                    .isEqualTo(canBeACrash ? Verdict.UNSEALED_TAIL : Verdict.TAMPERED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachStatementRemovedRepeatedOrSwapped(int segment) throws Exception {
        Path seal = sample.seal(segment);
        List<byte[]> good = statementsOf(seal);
        for (int i = 0; i < good.size(); i++) {
            boolean checkpoint = !new String(good.get(i), UTF_8).startsWith("affidavit-");
            boolean last = segment == 2 && i == good.size() - 1;
            if (!checkpoint) {
                List<byte[]> removed = new ArrayList<>(good);
                removed.remove(i);
                write(seal, removed);
                assertThat(verified().isPass()).as("without %d", i).isFalse();

                List<byte[]> repeated = new ArrayList<>(good);
                repeated.add(i, good.get(i));
                write(seal, repeated);
                assertThat(verified().verdict()).as("%d twice", i).isEqualTo(Verdict.TAMPERED);
            } else if (last) {
                List<byte[]> removed = new ArrayList<>(good);
                removed.remove(i);
                write(seal, removed);
                assertThat(verified().verdict()).isEqualTo(Verdict.UNSEALED_TAIL);
            }
            for (int j = 0; j < i; j++) {
                List<byte[]> swapped = new ArrayList<>(good);
                Collections.swap(swapped, i, j);
                write(seal, swapped);
                assertThat(verified().verdict()).as("%d for %d", i, j).isEqualTo(Verdict.TAMPERED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindEachSignatureStripped(int segment) throws Exception {
        Path seal = sample.seal(segment);
        List<byte[]> good = statementsOf(seal);
        for (int i = 0; i < good.size(); i++) {
            SignedNote note = SealedSample.read(good.get(i)).get(0).note();
            for (int signature = 0; signature < 2; signature++) {
                List<byte[]> stripped = new ArrayList<>(good);
                SignedNote one =
                        new SignedNote(note.text(), List.of(note.signatures().get(signature)));
                stripped.set(i, SignedStatement.written(one).getBytes(UTF_8));
                write(seal, stripped);

                assertThat(found(seal).rule()).isEqualTo(signature == 0 ? Rule.SIGNED_BY_EPOCH : Rule.SIGNED_BY_LOG);
            }
        }
    }

    // ---- files

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindAFileRemoved(int segment) throws Exception {
        Files.delete(sample.segment(segment));

        Finding finding = found(sample.segment(segment));

        assertThat(finding.rule()).isEqualTo(Rule.FILE_THERE);
        assertThat(finding.verdict()).isEqualTo(segment == 2 ? Verdict.TRUNCATED : Verdict.TAMPERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindASealRemoved(int segment) throws Exception {
        Files.delete(sample.seal(segment));

        assertThat(verified().verdict()).isEqualTo(Verdict.SEAL_MISSING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldFindAFileRemovedWithItsSeal(int segment) throws Exception {
        Files.delete(sample.segment(segment));
        Files.delete(sample.seal(segment));

        assertThat(verified().verdict()).isEqualTo(segment == 2 ? Verdict.TRUNCATED : Verdict.SEAL_MISSING);
    }

    @Test
    void shouldFindFilesAndSealsInEachOthersPlace() throws Exception {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                swap(sample.segment(i), sample.segment(j));
                assertThat(found(sample.segment(i)).rule()).isIn(Rule.ROOT, Rule.LINES_THERE);
                swap(sample.segment(i), sample.segment(j));

                swap(sample.seal(i), sample.seal(j));
                assertThat(found(sample.seal(i)).rule()).isEqualTo(Rule.SEAL_BEGINS);
                swap(sample.seal(i), sample.seal(j));

                swap(sample.seal(i), sample.seal(j));
                swap(sample.segment(i), sample.segment(j));
                assertThat(found(sample.seal(i)).rule()).isEqualTo(Rule.SEAL_BEGINS);
                swap(sample.segment(i), sample.segment(j));
                swap(sample.seal(i), sample.seal(j));
            }
        }
        assertThat(verified().isPass()).isTrue();
    }

    private void swap(Path one, Path other) throws Exception {
        Path aside = directory.resolve("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    @Test
    void shouldFindAFilePutBetween() throws Exception {
        String between = sample.segments().get(0).replace(".log", "_001.log");
        Files.writeString(directory.resolve(between), "{\"id\":\"evt_1\"}\n");

        assertThat(verified().verdict()).isEqualTo(Verdict.SEAL_MISSING);

        Files.writeString(directory.resolve(between), "");
        assertThat(verified().isPass())
                .as("an empty file, which a failed rotation leaves")
                .isTrue();
    }

    @Test
    void shouldFindWhatIsKeptOfPrunedSealsRemovedOrCut() throws Exception {
        deleteAll();
        sample = SampleLog.PRUNED.write(directory);
        Path seal = sample.prunedSeal();
        byte[] good = Files.readAllBytes(seal);
        Files.delete(seal);
        assertThat(verified().verdict()).isEqualTo(Verdict.SEAL_MISSING);
        for (int length = 0; length < good.length; length += step(501)) {
            Files.write(seal, Arrays.copyOf(good, length));

            assertThat(verified().isPass()).as("cut at %d", length).isFalse();
        }
    }

    @Test
    void shouldFindAnOlderVersionOfAFileOrASeal(@TempDir Path older) throws Exception {
        SealedSample before = SealedSample.in(older).line("{\"n\":0}").checkpoint();
        assertThat(Files.readAllBytes(before.seal(0)))
                .as("the sample begins in the same way")
                .isEqualTo(Arrays.copyOf(Files.readAllBytes(sample.seal(0)), (int) Files.size(before.seal(0))));
        replaced(before.segment(0), sample.segment(0), Rule.LINES_THERE);
        replaced(before.seal(0), sample.seal(0), Rule.HANDED_OVER);
    }

    private void replaced(Path older, Path file, Rule rule) throws Exception {
        byte[] good = Files.readAllBytes(file);
        Files.copy(older, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(found(file).rule()).isEqualTo(rule);

        Files.write(file, good);
    }

    private void deleteAll() throws Exception {
        try (var paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Files.delete(path);
            }
        }
    }

    // ---- crashes: no false alarm

    /** Whatever is missing of the statement that is being written, and wherever its sectors are still empty. */
    @ParameterizedTest
    @EnumSource(
            value = SampleLog.class,
            names = {"WHOLE", "HANDED_OVER", "PRUNED", "HAND_OVER_BEGUN"})
    void shouldCallNoCutOfTheLastStatementDamage(SampleLog log) throws Exception {
        deleteAll();
        sample = log.write(directory);
        Path seal = sample.seal(sample.segments().size() - 1);
        byte[] good = Files.readAllBytes(seal);
        byte[] next = SignedStatement.written(sample.lines(1).checkpointNote()).getBytes(UTF_8);
        byte[] all = Arrays.copyOf(good, good.length + next.length);
        System.arraycopy(next, 0, all, good.length, next.length);
        for (int length = good.length; length <= all.length; length += step(47)) {
            byte[] cut = Arrays.copyOf(all, length);
            Files.write(seal, cut);
            assertThat(verified().isPass()).as("cut at %d", length).isTrue();

            Arrays.fill(cut, good.length, length, (byte) 0);
            Files.write(seal, cut);
            assertThat(verified().isPass()).as("zeros up to %d", length).isTrue();
        }
        for (int sector = (good.length / 512 + 1) * 512; sector < all.length; sector += 512) {
            byte[] zeroed = all.clone();
            Arrays.fill(zeroed, good.length, sector, (byte) 0);
            Files.write(seal, zeroed);
            assertThat(verified().verdict()).as("zeros up to %d", sector).isEqualTo(Verdict.UNSEALED_TAIL);
            byte[] other = all.clone();
            Arrays.fill(other, sector, Math.min(sector + 512, all.length), (byte) 0);
            Files.write(seal, other);
            assertThat(verified().isPass()).as("zeros from %d", sector).isTrue();
        }
    }

    @Test
    void shouldCallNoCutOfALineBehindTheLastStatementDamage() throws Exception {
        Path file = sample.segment(2);
        byte[] sealed = Files.readAllBytes(file);
        sample.lines(2);
        byte[] all = Files.readAllBytes(file);
        for (int length = sealed.length; length <= all.length; length += step(13)) {
            byte[] cut = Arrays.copyOf(all, length);
            Files.write(file, cut);
            assertThat(verified().isPass()).isTrue();

            Arrays.fill(cut, sealed.length, length, (byte) 0);
            Files.write(file, cut);
            assertThat(verified().verdict()).isEqualTo(Verdict.SEALED);
        }
    }
}
