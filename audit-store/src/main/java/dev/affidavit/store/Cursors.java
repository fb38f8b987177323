package dev.affidavit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The named positions of a log's readers, kept in the log's directory. A stored position survives a power cut when
 * {@link #write} returns. Thread-safe as long as each name has one user at a time.
 *
 * <p>A cursor is a small text file, so that a person can read it:
 *
 * <pre>
 * affidavit-cursor 1
 * log 3f1c0b…                 the random name of the log
 * segment security_audit_2026-11-21_10-00-00.log
 * offset 1830
 * line 4
 * last 9f86d0…                SHA-256 of the line before it; "-" at the head of a segment
 * check 3e23e8…               SHA-256 of the six lines above
 * </pre>
 */
public final class Cursors {
    private static final String SUFFIX = ".cursor";
    private static final String VERSION = "affidavit-cursor 1";
    private static final String CLAIM_SUFFIX = ".lock";
    private static final String CLAIM_PROPERTY_PREFIX = "dev.affidavit.cursor:";
    /** A name becomes a file name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final LogDirectory directory;

    Cursors(LogDirectory directory) {
        this.directory = directory;
    }

    /** The cursors of the log in {@code directory}, which a writer must have made. */
    public static Cursors of(Path directory) {
        return new Cursors(LogDirectory.existing(directory));
    }

    /** Whether {@code name} can name a cursor: a letter or digit, then up to 63 letters, digits, {@code _} and {@code -}. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The position stored under {@code name}; empty if there is none.
     *
     * @throws DamagedException if the file is not what {@link #write} leaves, or is that of another log
     * @throws StoreException if it cannot be read
     */
    public Optional<Position> read(String name) {
        Path file = file(name);
        try {
            String text = StandardCharsets.US_ASCII
                    .newDecoder()
                    .decode(ByteBuffer.wrap(PrivateFiles.readSmall(file)))
                    .toString();
            return Optional.of(parse(text, file, directory.readId()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw damaged(file, "it holds bytes that are not ASCII");
        } catch (IOException e) {
            throw new StoreException("%s: cursor cannot be read: %s".formatted(file, e), e);
        }
    }

    /** Stores the position under {@code name}, in place of an earlier one. */
    public void write(String name, Position position) {
        try {
            PrivateFiles.replace(file(name), bytes(position, directory.readId()));
        } catch (IOException e) {
            throw new StoreException("%s: cursor not stored: %s".formatted(file(name), e), e);
        }
    }

    /** Forgets the position, if there is one. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
            PrivateFiles.forceDirectory(directory.cursors());
        } catch (IOException e) {
            throw new StoreException("%s: cursor not removed: %s".formatted(file(name), e), e);
        }
    }

    /** The names under which a position is stored, sorted. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(directory.cursors())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(Cursors::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreException("%s cannot be listed: %s".formatted(directory.cursors(), e), e);
        }
    }

    /**
     * Takes the right to read on from {@code name} and to move it; empty if another reader has it. Nobody is kept from
     * {@link #read}, nor from {@link #write} if it does not ask.
     */
    public Optional<CursorClaim> claim(String name) {
        Path lock = file(name, CLAIM_SUFFIX);
        try {
            Claim claim = Claim.tryTake(lock, CLAIM_PROPERTY_PREFIX + lock);
            return Optional.ofNullable(claim).map(CursorClaim::new);
        } catch (IOException e) {
            throw new StoreException("%s: cursor cannot be claimed: %s".formatted(lock, e), e);
        }
    }

    private Path file(String name) {
        return file(name, SUFFIX);
    }

    private Path file(String name, String suffix) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "cursor name: expected letters, digits, '_' and '-', found '" + name + "'");
        }
        return directory.cursors().resolve(name + suffix);
    }

    private static Position parse(String text, Path file, String logId) {
        try {
            List<String> values = CheckedText.values(text, VERSION, "log", "segment", "offset", "line", "last");
            String log = values.get(0);
            if (!log.equals(logId)) {
                throw new IllegalArgumentException(
                        "it is that of another log, %s; this one is %s".formatted(log, logId));
            }
            String last = values.get(4);
            Position position = new Position(
                    values.get(1),
                    Long.parseLong(values.get(2)),
                    Long.parseLong(values.get(3)),
                    last.equals("-") ? null : last);
            if (!text.equals(new String(bytes(position, log), StandardCharsets.US_ASCII))) {
                throw new IllegalArgumentException("it is not written as this product writes it");
            }
            return position;
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(Position position, String logId) {
        String last = position.lastLine() == null ? "-" : position.lastLine();
        return CheckedText.bytes(
                VERSION,
                "log " + logId,
                "segment " + position.segment(),
                "offset " + position.offset(),
                "line " + position.line(),
                "last " + last);
    }

    private static DamagedException damaged(Path file, String problem) {
        return new DamagedException(
                "%s: %s. Remove it to begin at the oldest segment; what was sent since is then sent again."
                        .formatted(file, problem));
    }
}
