package dev.affidavit.fuzzing;

import dev.affidavit.store.Durability;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.Position;
import dev.affidavit.store.Resumption;
import dev.affidavit.store.StoreException;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Segments that hold anything: a reader gives every finished line, in order, and nothing else; a writer cuts off the
 * unfinished end alone, keeps it aside and goes on behind it. What a note says the device refused is no part of a segment.
 * If they refuse, they refuse as documented.
 */
public final class LogTarget {
    private static final Path DIRECTORY = Scratch.directory("log").resolve("log");

    private final Choices choices;
    private final AnyLog log;
    private final List<Lines> segments;

    private LogTarget(Choices choices, AnyLog log) {
        this.choices = choices;
        this.log = log;
        this.segments = log.good().stream().map(Lines::new).toList();
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Scratch.remove(DIRECTORY);
        Choices choices = new Choices(input);
        LogTarget target = new LogTarget(choices, AnyLog.in(DIRECTORY, choices));
        target.readAll();
        target.readFromAnywhere();
        target.write();
    }

    private void readAll() {
        try (LogReader reader = LogReader.fromOldest(DIRECTORY)) {
            requireLines(finishedFrom(0, 0), read(reader));
        }
    }

    private void readFromAnywhere() {
        int number = choices.below(AnyLog.NAMES);
        int index = number / 2; // of the segment with this name, or of the first later one
        Lines segment = number % 2 == 1 && index < segments.size() ? segments.get(index) : null;
        long offset = offset(segment);
        String hash = segment == null ? null : hashBefore(segment, offset);
        String claimed = hash != null && choices.octet() != 1 ? hash : "0".repeat(64);
        Position position =
                new Position(AnyLog.name(number), offset, Math.min(offset, 1), offset == 0 ? null : claimed);
        boolean exact = offset == 0 || claimed.equals(hash);
        boolean copied = segment != null && log.isNoted(index) && offset > segment.content().length;
        try (LogReader reader = LogReader.from(DIRECTORY, position)) {
            if (segment == null) {
                require(reader.resumption() == Resumption.SEGMENT_GONE, reader.resumption());
                requireLines(finishedFrom(index < segments.size() ? index : 0, 0), read(reader));
            } else if (copied) { // then it is looked for in the copy
                require(reader.resumption() == Resumption.SEGMENT_CHANGED, position);
            } else {
                require(reader.resumption() == (exact ? Resumption.EXACT : Resumption.SEGMENT_CHANGED), position);
                requireLines(finishedFrom(index, exact ? offset : 0), read(reader));
            }
        }
    }

    /** Mostly one at which a line ends. */
    private long offset(@Nullable Lines segment) {
        long any = choices.number();
        if (segment == null || choices.below(4) == 0) {
            return any & Long.MAX_VALUE;
        }
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (int i = 0; i < segment.content().length; i++) {
            if (segment.content()[i] == '\n') {
                ends.add(i + 1);
            }
        }
        return ends.get((int) Math.floorMod(any, (long) ends.size()));
    }

    private static @Nullable String hashBefore(Lines segment, long offset) {
        byte[] content = segment.content();
        if (offset < 1 || offset > content.length || content[(int) offset - 1] != '\n') {
            return null;
        }
        int start = (int) offset - 1;
        while (start > 0 && content[start - 1] != '\n') {
            start--;
        }
        boolean isLine = offset - start <= LogWriter.MAX_LINE_BYTES; // no writer leaves a longer one
        return isLine ? Hashes.sha256(Arrays.copyOfRange(content, start, (int) offset - 1)) : null;
    }

    /** The finished lines of the segments from {@code index} on, of the first of them only those behind {@code offset}. */
    private List<String> finishedFrom(int index, long offset) {
        List<String> lines = new ArrayList<>();
        for (int i = index; i < segments.size(); i++) {
            Lines segment = segments.get(i);
            boolean last = i == segments.size() - 1; // of which a writer would cut off the end
            int end = segment.content().length - (last ? segment.torn().length : 0);
            int from = i == index ? (int) Math.min(offset, end) : 0;
            lines.addAll(new Lines(Arrays.copyOfRange(segment.content(), from, end)).finished());
        }
        return lines;
    }

    private List<String> read(LogReader reader) {
        List<String> lines = new ArrayList<>();
        int most = 1 + choices.below(8);
        int bytes = 1 + (choices.octet() << choices.below(16));
        try {
            for (List<StoredLine> batch = reader.read(most, bytes);
                    !batch.isEmpty();
                    batch = reader.read(most, bytes)) {
                require(batch.size() <= most, batch.size());
                batch.forEach(line -> lines.add(Lines.text(line.bytes())));
            }
        } catch (StoreException e) {
            require(segments.stream().anyMatch(Lines::holdsTooLong), e);
            lines.add(null);
        }
        return lines;
    }

    /** Up to where the reader refused, if it did. */
    private static void requireLines(List<String> expected, List<@Nullable String> found) {
        boolean refused = !found.isEmpty() && found.get(found.size() - 1) == null;
        List<@Nullable String> read = refused ? found.subList(0, found.size() - 1) : found;
        require(
                refused
                        ? read.size() <= expected.size() && read.equals(expected.subList(0, read.size()))
                        : read.equals(expected),
                "expected %d lines, found %d".formatted(expected.size(), found.size()));
    }

    private void write() throws IOException {
        byte[] torn = segments.isEmpty()
                ? new byte[0]
                : segments.get(segments.size() - 1).torn();
        LogOptions options = LogOptions.in(DIRECTORY).lockTimeout(Duration.ZERO).build();
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            require(
                    writer.lastLine().map(line -> Lines.text(line.bytes())).equals(lastGoodLine()),
                    "another last line");
            require(writer.recovery().isPresent() == torn.length > 0, writer.recovery());
            writer.append(new Appended(), Durability.WRITTEN);
        } catch (StoreException e) {
            String id = id();
            require(!id.strip().matches("[0-9a-f]{32}") || segments.stream().anyMatch(Lines::holdsTooLong), e);
            requireUnchanged();
            return;
        }
        requireRecovered(torn);
    }

    private Optional<String> lastGoodLine() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            List<String> kept = segments.get(i).kept().finished();
            if (!kept.isEmpty()) {
                return Optional.of(kept.get(kept.size() - 1));
            }
        }
        return Optional.empty();
    }

    private void requireRecovered(byte[] torn) throws IOException {
        requireUnchanged();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Lines segment = segments.get(i);
            expected.addAll((isLast(i) ? segment.kept() : segment).finished());
        }
        expected.add(Appended.TEXT);
        try (LogReader reader = LogReader.fromOldest(DIRECTORY)) {
            requireLines(expected, read(reader));
        }
        if (torn.length > 0) {
            requireKeptAside(torn);
        }
    }

    /** Every segment holds what it held; the last one may have lost what was torn, and have got a line. */
    private void requireUnchanged() throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            Lines then = segments.get(i);
            byte[] now = Files.readAllBytes(DIRECTORY.resolve(AnyLog.segment(i)));
            byte[] kept = then.kept().content();
            boolean same = Arrays.equals(now, then.content());
            boolean cut =
                    isLast(i) && now.length >= kept.length && Arrays.equals(Arrays.copyOf(now, kept.length), kept);
            boolean good = log.isNoted(i) && (Arrays.equals(now, log.whole(i)) || Arrays.equals(now, then.content()));
            require(same || cut || good, AnyLog.segment(i) + " was changed");
        }
    }

    private boolean isLast(int index) {
        return index == segments.size() - 1;
    }

    private static void requireKeptAside(byte[] torn) throws IOException {
        try (Stream<Path> kept = Files.list(DIRECTORY.resolve(".affidavit/torn"))) {
            List<Path> files = kept.toList();
            require(files.size() == 1 && Arrays.equals(torn, Files.readAllBytes(files.get(0))), files);
        }
    }

    private static String id() throws IOException {
        return Files.readString(DIRECTORY.resolve(".affidavit/log-id"), StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, Object about) {
        if (!holds) {
            throw new AssertionError(about);
        }
    }

    /** The line of a writer that goes on. */
    private static final class Appended implements Line {
        static final String TEXT = "appended";

        @Override
        public byte[] bytes() {
            return (TEXT + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int length() {
            return TEXT.length() + 1;
        }
    }
}
