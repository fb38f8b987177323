package dev.affidavit.forward;

import dev.affidavit.store.Cursors;
import dev.affidavit.store.PrivateFolder;
import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines that destinations refused, as {@code .affidavit/dead-letters} of a log keeps them, a file for each forwarder. May
 * be used while the log is written and forwarded, by this process or another. Thread-safe.
 */
public final class DeadLetters {
    private static final String FOLDER = "dead-letters";
    private static final String SUFFIX = ".jsonl";
    /** Behind the name of a forwarder, which has no dot: a file whose letters are to be sent again. */
    private static final String AGAIN = ".again-";
    /** A file that was sent again but for what could not be read in it. */
    private static final String DAMAGED = ".damaged-";

    private final PrivateFolder folder;

    private DeadLetters(PrivateFolder folder) {
        this.folder = folder;
    }

    /**
     * The dead letters of the log in {@code directory}.
     *
     * @throws StoreException if there is no log
     */
    public static DeadLetters of(Path directory) {
        return new DeadLetters(PrivateFolder.of(directory, FOLDER));
    }

    /** The forwarders that have any, sorted. */
    public List<String> forwarders() {
        return folder.files().stream()
                .filter(file -> file.endsWith(SUFFIX))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .filter(Cursors::isName)
                .toList();
    }

    /** How many a forwarder has, those that wait to be sent again not counted. */
    public long count(String forwarder) {
        return count(Stream.of(file(forwarder)));
    }

    /** How many of a forwarder wait to be sent again. */
    public long countWaiting(String forwarder) {
        return count(waiting(forwarder).stream());
    }

    /**
     * Those of a forwarder, oldest first, read one by one; to be closed. Those that wait to be sent again are not among them.
     *
     * @return a stream that throws UncheckedIOException at a line that is no dead letter
     */
    public Stream<DeadLetter> list(String forwarder) {
        DeadLetterReader reader = open(file(forwarder));
        if (reader == null) {
            return Stream.empty();
        }
        return Stream.generate(() -> next(reader, forwarder))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .onClose(() -> close(reader));
    }

    /**
     * Lets the forwarder deliver its dead letters again, in order: a running one within seconds, another when it starts. What is
     * refused again is a dead letter again.
     *
     * @return how many; 0 if it has none
     */
    public long sendAgain(String forwarder) {
        // Unlike any other, whatever process chooses one at the same time; and sorted by age.
        String unique = "%013d-%s"
                .formatted(
                        System.currentTimeMillis(),
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
        String again = forwarder + AGAIN + unique + SUFFIX;
        return folder.rename(file(forwarder), again) ? count(Stream.of(again)) : 0;
    }

    /** Where those of a forwarder are, for a person. */
    public Path path(String forwarder) {
        return folder.path(file(forwarder));
    }

    /** Adds to those of a forwarder, durably; returns how many bytes they have now. */
    long add(String forwarder, List<DeadLetter> letters) {
        return folder.append(
                file(forwarder), letters.stream().map(DeadLetterText::write).toList());
    }

    /** The files of a forwarder that wait to be sent again, oldest first. */
    List<String> waiting(String forwarder) {
        return folder.files().stream()
                .filter(file -> file.startsWith(forwarder + AGAIN) && file.endsWith(SUFFIX))
                .toList();
    }

    /** Opens one of {@link #waiting}; null if it is gone. */
    @Nullable
    DeadLetterReader open(String file) {
        try {
            return new DeadLetterReader(folder.open(file));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(folder.path(file), e), e);
        }
    }

    void remove(String file) {
        folder.remove(file);
    }

    /** Puts one of {@link #waiting} where nobody sends it again; returns where. */
    Path setAside(String file) {
        String aside = file.replace(AGAIN, DAMAGED);
        folder.rename(file, aside);
        return folder.path(aside);
    }

    private long count(Stream<String> files) {
        return files.mapToLong(this::countIn).sum();
    }

    private long countIn(String file) {
        try (DeadLetterReader reader = open(file)) {
            return reader == null ? 0 : reader.skipAll();
        } catch (IOException e) {
            throw new StoreException("%s cannot be read: %s".formatted(folder.path(file), e), e);
        }
    }

    private Optional<DeadLetter> next(DeadLetterReader reader, String forwarder) {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new UncheckedIOException("%s: %s".formatted(path(forwarder), e.getMessage()), e);
        }
    }

    private static void close(DeadLetterReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            // Only read from.
        }
    }

    private static String file(String forwarder) {
        if (!Cursors.isName(forwarder)) {
            throw new IllegalArgumentException(
                    "forwarder: expected letters, digits, '_' and '-', found '" + forwarder + "'");
        }
        return forwarder + SUFFIX;
    }
}
