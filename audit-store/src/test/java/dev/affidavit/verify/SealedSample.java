package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.PruneRecord;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Statement;
import dev.affidavit.seal.Succession;
import dev.affidavit.seal.TreeHash;
import dev.affidavit.seal.TreeRange;
import dev.affidavit.seal.VerifierKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small sealed log, made step by step from the format alone: no code of the writer, nor of the verifier, is in it. The same
 * steps give the same bytes.
 */
final class SealedSample {
    static final String ORIGIN = "payments.example.com/audit/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97";

    private static final String SEAL = ".seal";
    private static final Instant BEGINNING = Instant.parse("2026-11-21T10:15:00Z");

    private final Path directory;
    private final Counted random = new Counted();
    private final SigningKey logKey = SigningKey.generate(ORIGIN, random);
    private final List<SigningKey> epochKeys = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();
    private final List<TreeHash> leaves = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private int segmentsBegun;
    private int seconds;

    /** A file of the log. */
    private record Segment(String name, int first) {}

    private SealedSample(Path directory) {
        this.directory = directory;
    }

    /** A log that has begun, and has no line yet. */
    static SealedSample in(Path directory) throws Exception {
        Files.createDirectories(directory);
        SealedSample sample = new SealedSample(directory);
        sample.newEpoch();
        sample.beginSegment(sample.nextName(), null, sample.epochKey());
        return sample;
    }

    // ---- what a writer does

    /** Lines behind the last one, without a seal. */
    SealedSample lines(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            line("{\"id\":\"evt_%019d_%010d\",\"n\":%d,\"description\":\"Größe\"}"
                    .formatted(lines.size() * 1_000_000_000L, lines.size(), lines.size()));
        }
        return this;
    }

    SealedSample line(String line) throws Exception {
        lines.add(line.getBytes(UTF_8));
        leaves.add(TreeHash.leaf(line.getBytes(UTF_8)));
        append(current().name(), (line + "\n").getBytes(UTF_8));
        return this;
    }

    /** Seals all lines. */
    SealedSample checkpoint() throws Exception {
        seal(checkpointNote());
        return this;
    }

    /** Ends the epoch by time or start. */
    SealedSample succession(Succession.Reason reason) throws Exception {
        SigningKey outgoing = epochKey();
        long epoch = epoch();
        newEpoch();
        seal(signed(
                new Succession(ORIGIN, epoch, epochKey().verifierKey(), size(), root(), reason, null, nextTime()),
                outgoing));
        return this;
    }

    /** Hands over to the next file. */
    SealedSample rotate() throws Exception {
        String name = nextName();
        Segment outgoing = current();
        SigningKey key = epochKey();
        newEpoch();
        beginSegment(name, null, epochKey());
        write(outgoing.name() + SEAL, checkpointNote(key));
        write(outgoing.name() + SEAL, rotation(key, name));
        return this;
    }

    /** The first half of {@link #rotate}: the crash comes between the next seal and the succession. */
    SealedSample beginHandOver() throws Exception {
        String name = nextName();
        SigningKey next = SigningKey.generate(Statement.epochKeyName(ORIGIN, epoch() + 1), random);
        SegmentStart start = new SegmentStart(ORIGIN, name, range(), epoch() + 1, next.verifierKey(), nextTime(), null);
        write(name + SEAL, signed(start, next));
        return this;
    }

    /** Goes on in the next file without any seal, as a writer does whose seals are behind. */
    SealedSample unsealedFile(int count) throws Exception {
        segments.add(new Segment(nextName(), lines.size()));
        return lines(count);
    }

    /** Removes the oldest file, each step of it. */
    SealedSample prune() throws Exception {
        return prune(PruneStep.SEAL_REMOVED);
    }

    /** How far the removal of a file comes. */
    enum PruneStep {
        RECORDED,
        BLOCK_KEPT,
        FILE_REMOVED,
        SEAL_REMOVED
    }

    SealedSample prune(PruneStep last) throws Exception {
        Segment oldest = segments.get(0);
        int end = segments.get(1).first();
        seal(signed(
                new PruneRecord(
                        ORIGIN,
                        epoch(),
                        oldest.name(),
                        oldest.first(),
                        end,
                        head(leaves.subList(0, end)),
                        "maxFiles",
                        nextTime()),
                epochKey()));
        if (last.compareTo(PruneStep.BLOCK_KEPT) >= 0) {
            append("pruned.seal", block(oldest.name()));
        }
        if (last.compareTo(PruneStep.FILE_REMOVED) >= 0) {
            Files.delete(directory.resolve(oldest.name()));
        }
        if (last == PruneStep.SEAL_REMOVED) {
            Files.delete(directory.resolve(oldest.name() + SEAL));
        }
        segments.remove(0);
        return this;
    }

    /** The statements of a seal that are kept: all but its checkpoints, and the last of these. */
    byte[] block(String segment) throws Exception {
        List<SignedStatement> all = statements(segment + SEAL);
        int lastCheckpoint = -1;
        for (int i = 0; i < all.size(); i++) {
            lastCheckpoint = all.get(i).statement() instanceof Checkpoint ? i : lastCheckpoint;
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < all.size(); i++) {
            if (!(all.get(i).statement() instanceof Checkpoint) || i == lastCheckpoint) {
                block.write(SignedStatement.written(all.get(i).note()).getBytes(UTF_8));
            }
        }
        return block.toByteArray();
    }

    /** Begins another file that does not follow the one before. */
    SealedSample breakHere(String why) throws Exception {
        SigningKey outgoing = epochKey();
        newEpoch();
        beginSegment(nextName(), why, epochKey(), outgoing);
        return this;
    }

    /** The device refuses the last {@code count} lines of the file: they go to another, which is handed over to. */
    SealedSample refuse(int count) throws Exception {
        Segment segment = current();
        Path file = directory.resolve(segment.name());
        byte[] all = Files.readAllBytes(file);
        int good = all.length;
        for (byte[] line : lines.subList(lines.size() - count, lines.size())) {
            good -= line.length + 1;
        }
        List<byte[]> moved = new ArrayList<>(lines.subList(lines.size() - count, lines.size()));
        lines.subList(lines.size() - count, lines.size()).clear();
        leaves.subList(leaves.size() - count, leaves.size()).clear();
        rotate();
        String note = "affidavit-poisoned 1\nsegment " + segment.name() + "\ngood " + good + "\ncopy "
                + current().name() + "\nat 0\n";
        byte[] check = MessageDigest.getInstance("SHA-256").digest(note.getBytes(UTF_8));
        Files.createDirectories(directory.resolve(".affidavit/poisoned"));
        Files.writeString(
                directory.resolve(".affidavit/poisoned/" + segment.name()),
                note + "check " + HexFormat.of().formatHex(check) + "\n");
        for (byte[] line : moved) {
            line(new String(line, UTF_8));
        }
        return this;
    }

    /** What a crash leaves behind the last statement of the seal that is being written. */
    SealedSample unfinished(byte[] beginning) throws Exception {
        append(current().name() + SEAL, beginning);
        return this;
    }

    /** What a crash leaves behind the last line. */
    SealedSample tornLine(String beginning) throws Exception {
        append(current().name(), beginning.getBytes(UTF_8));
        return this;
    }

    // ---- what a test asks, and what an attacker has

    Path directory() {
        return directory;
    }

    /** A checkpoint over all lines, in whatever epoch it is: written nowhere. */
    SignedNote checkpointNote() {
        return checkpointNote(epochKey());
    }

    private SignedNote checkpointNote(SigningKey key) {
        return signed(new Checkpoint(ORIGIN, size(), root()), key);
    }

    private SignedNote rotation(SigningKey key, String next) {
        return signed(
                new Succession(
                        ORIGIN,
                        epoch() - 1,
                        epochKey().verifierKey(),
                        size(),
                        root(),
                        Succession.Reason.ROTATION,
                        next,
                        nextTime()),
                key);
    }

    /** Signed by the log key and another one. */
    SignedNote signed(Statement statement, SigningKey... epoch) {
        SigningKey[] keys = new SigningKey[1 + epoch.length];
        keys[0] = logKey;
        System.arraycopy(epoch, 0, keys, 1, epoch.length);
        return SignedNote.sign(statement.text(), keys);
    }

    SigningKey logKey() {
        return logKey;
    }

    /** The key of the current epoch. */
    SigningKey epochKey() {
        return epochKeys.get(epochKeys.size() - 1);
    }

    /** The key of an epoch: one before the current one, an attacker has not. */
    SigningKey epochKey(int epoch) {
        return epochKeys.get(epoch - 1);
    }

    long epoch() {
        return epochKeys.size();
    }

    Pins pins() {
        return new Pins(List.of(logKey.verifierKey(), firstEpochKey()));
    }

    VerifierKey firstEpochKey() {
        return epochKeys.get(0).verifierKey();
    }

    /** How many lines there are. */
    long size() {
        return leaves.size();
    }

    /** How many lines a file has. */
    int linesIn(int segment) {
        int end = segment + 1 < segments.size() ? segments.get(segment + 1).first() : lines.size();
        return end - segments.get(segment).first();
    }

    byte[] lineAt(int index) {
        return lines.get(index).clone();
    }

    TreeHash root() {
        return head(leaves);
    }

    TreeRange range() {
        return rangeOf(leaves);
    }

    /** Names of the files that were begun and not removed, the oldest first. */
    List<String> segments() {
        return segments.stream().map(Segment::name).toList();
    }

    Path segment(int index) {
        return directory.resolve(segments.get(index).name());
    }

    Path seal(int index) {
        return directory.resolve(segments.get(index).name() + SEAL);
    }

    Path prunedSeal() {
        return directory.resolve("pruned.seal");
    }

    List<SignedStatement> statements(String seal) throws Exception {
        return read(Files.readAllBytes(directory.resolve(seal)));
    }

    static List<SignedStatement> read(byte[] seal) throws Exception {
        List<SignedStatement> statements = new ArrayList<>();
        try (SealReader reader = SealReader.of(new ByteArrayInputStream(seal))) {
            for (SignedStatement next = reader.next(); next != null; next = reader.next()) {
                statements.add(next);
            }
        }
        return statements;
    }

    /** As RFC 6962 defines it, section 2.1. */
    static TreeHash head(List<TreeHash> leaves) {
        if (leaves.size() < 2) {
            return leaves.isEmpty() ? TreeHash.EMPTY : leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.node(head(leaves.subList(0, split)), head(leaves.subList(split, leaves.size())));
    }

    static TreeRange rangeOf(List<TreeHash> leaves) {
        List<TreeHash> hashes = new ArrayList<>();
        for (int from = 0, left = leaves.size(); left > 0; ) {
            int full = Integer.highestOneBit(left);
            hashes.add(head(leaves.subList(from, from + full)));
            from += full;
            left -= full;
        }
        return new TreeRange(leaves.size(), hashes);
    }

    // ---- its parts

    private Segment current() {
        return segments.get(segments.size() - 1);
    }

    private void newEpoch() {
        epochKeys.add(SigningKey.generate(Statement.epochKeyName(ORIGIN, epoch() + 1), random));
    }

    private void beginSegment(String name, @Nullable String broken, SigningKey... keys) throws Exception {
        SegmentStart start =
                new SegmentStart(ORIGIN, name, range(), epoch(), epochKey().verifierKey(), nextTime(), broken);
        write(name + SEAL, signed(start, keys));
        Files.createFile(directory.resolve(name));
        segments.add(new Segment(name, lines.size()));
    }

    /** A statement behind the last one of the current seal. */
    void seal(SignedNote note) throws Exception {
        write(current().name() + SEAL, note);
    }

    private void write(String seal, SignedNote note) throws Exception {
        append(seal, SignedStatement.written(note).getBytes(UTF_8));
    }

    private void append(String file, byte[] bytes) throws Exception {
        Files.write(directory.resolve(file), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String nextName() {
        segmentsBegun++;
        return "security_audit_2026-11-21_10-15-%02d.log".formatted(segmentsBegun);
    }

    private Instant nextTime() {
        seconds++;
        return BEGINNING.plusSeconds(seconds);
    }

    /** Other bytes at each call, and the same in each run. */
    private static final class Counted extends SecureRandom {
        private static final long serialVersionUID = 1;

        private int calls;

        Counted() {
            super(null, null);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            calls++;
            byte[] hash = TreeHash.leaf(
                            ByteBuffer.allocate(Integer.BYTES).putInt(calls).array())
                    .bytes();
            System.arraycopy(hash, 0, bytes, 0, bytes.length);
        }
    }
}
