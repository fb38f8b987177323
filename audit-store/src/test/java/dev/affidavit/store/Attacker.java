package dev.affidavit.store;

import dev.affidavit.seal.Checkpoint;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Succession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Somebody who has all that is on the host at one moment: the log of one segment, its seal, the keys, and this program. */
final class Attacker {
    private final Path directory;
    private final LogDirectory log;
    private final SigningKey logKey;

    Attacker(Path directory) throws IOException {
        this.directory = directory;
        this.log = LogDirectory.existing(directory);
        this.logKey = LogKey.read(log);
    }

    private Path segment() throws IOException {
        return log.segment(log.segments().get(0));
    }

    private Path seal() throws IOException {
        return log.seal(log.segments().get(0));
    }

    List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(segment()));
    }

    /** Changes the lines and nothing else. */
    void write(List<String> lines) throws IOException {
        Files.write(segment(), lines);
    }

    /** Cuts the lines, and the seal to the last statement that is over no more of them. */
    void cut(int lines) throws Exception {
        write(lines().subList(0, lines));
        List<SignedStatement> statements = statements();
        long end = statements.get(0).end();
        for (SignedStatement next : statements) {
            boolean fits = next.statement() instanceof Checkpoint checkpoint
                    ? checkpoint.size() <= lines
                    : next.statement() instanceof Succession succession && succession.size() <= lines;
            end = fits ? next.end() : end;
        }
        byte[] seal = Files.readAllBytes(seal());
        Files.write(seal(), Arrays.copyOf(seal, Math.toIntExact(end)));
    }

    /** Signs anew, with the live keys, what the current epoch says of these lines. */
    void signAnew(List<String> lines) throws Exception {
        write(lines);
        List<SignedStatement> statements = statements();
        SignedStatement begun = statements.get(0);
        for (SignedStatement next : statements) {
            begun = next.statement() instanceof Succession ? next : begun;
        }
        long epoch = ((Succession) begun.statement()).nextEpoch();
        SigningKey live =
                Objects.requireNonNull(EpochKeys.in(log, new RealDisk()).find(epoch));
        LineTree tree = new LineTree();
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            tree.lineStored(bytes, 0, bytes.length);
        }
        Checkpoint checkpoint = new Checkpoint(
                logKey.verifierKey().name(), tree.size(), tree.range().root());
        byte[] before = Arrays.copyOf(Files.readAllBytes(seal()), Math.toIntExact(begun.end()));
        Files.write(seal(), before);
        Files.writeString(
                seal(),
                SignedStatement.written(SignedNote.sign(checkpoint.text(), logKey, live)),
                StandardOpenOption.APPEND);
    }

    private List<SignedStatement> statements() throws Exception {
        List<SignedStatement> statements = new ArrayList<>();
        try (SealReader in = SealReader.of(Files.newInputStream(seal()))) {
            for (SignedStatement next = in.next(); next != null; next = in.next()) {
                statements.add(next);
            }
        }
        return statements;
    }

    /** Makes the whole log anew, under the log key or another, with this program and epochs of his own. */
    void makeAnew(List<String> lines, boolean withLogKey) throws IOException {
        byte[] id = Files.readAllBytes(directory.resolve(".affidavit/log-id"));
        byte[] key = Files.readAllBytes(LogKey.file(log));
        remove(directory);
        LogDirectory anew = LogDirectory.prepare(directory);
        new RealDisk().replace(directory.resolve(".affidavit/log-id"), id);
        if (withLogKey) {
            new RealDisk().replace(LogKey.file(anew), key);
        }
        goOn(lines);
    }

    /** Goes on with the log as it is now, with this program. */
    void goOn(List<String> lines) {
        LogOptions options = LogOptions.in(directory)
                .diskWarningBytes(0)
                .seal(SealOptions.of(AttackTest.ORIGIN))
                .build();
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            lines.forEach(line -> writer.append(TextLine.of(line), Durability.WRITTEN));
        }
    }

    /** Puts an older copy of everything in its place. */
    void putBack(Path snapshot) throws IOException {
        remove(directory);
        copy(snapshot, directory);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        CrashImage.delete(directory);
    }
}
