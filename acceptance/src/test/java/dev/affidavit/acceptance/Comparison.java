package dev.affidavit.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver got beside what the files of a log have, line by line: both may be larger than memory. The receiver must
 * have every line, byte for byte and in order, but may have gone back and got lines again.
 */
final class Comparison {
    /** How far it may have gone back: several batches. */
    private static final int REMEMBERED = 8192;

    private final BufferedReader log;
    private final Consumer<String> eachLine;
    private final String[] remembered = new String[REMEMBERED];
    private @Nullable String upcoming;
    /** Lines of the log that were received. */
    private long lines;
    /** The line that is expected next, counted from 0. */
    private long place;

    private long repeats;
    private int timesGoneBack;

    private Comparison(BufferedReader log, Consumer<String> eachLine) throws IOException {
        this.log = log;
        this.eachLine = eachLine;
        this.upcoming = log.readLine();
    }

    /**
     * Compares all of both.
     *
     * @param eachLine gets each line of the log once
     * @throws AssertionError naming the first line that is missing, changed or out of order
     */
    static Comparison of(List<Path> files, Path received, Consumer<String> eachLine) throws IOException {
        try (BufferedReader log = reader(files);
                BufferedReader got = reader(List.of(received))) {
            Comparison comparison = new Comparison(log, eachLine);
            for (String line = got.readLine(); line != null; line = got.readLine()) {
                comparison.compare(line);
            }
            if (comparison.upcoming != null) {
                throw new AssertionError("not received: line %d, %s".formatted(comparison.lines, comparison.upcoming));
            }
            return comparison;
        }
    }

    private static BufferedReader reader(List<Path> files) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (Path file : files) {
            streams.add(Files.newInputStream(file));
        }
        // One character for each byte, whatever it is.
        return new BufferedReader(
                new InputStreamReader(
                        new SequenceInputStream(Collections.enumeration(streams)), StandardCharsets.ISO_8859_1),
                1 << 20);
    }

    private void compare(String got) throws IOException {
        if (place < lines && got.equals(remembered[index(place)])) {
            repeats++;
            place++;
        } else if (place == lines && got.equals(upcoming)) {
            remembered[index(lines)] = got;
            eachLine.accept(got);
            upcoming = log.readLine();
            lines++;
            place++;
        } else {
            goBackTo(got);
        }
    }

    private void goBackTo(String got) {
        for (long earlier = lines - 1; earlier >= Math.max(0, lines - REMEMBERED); earlier--) {
            if (got.equals(remembered[index(earlier)])) {
                repeats++;
                timesGoneBack++;
                place = earlier + 1;
                return;
            }
        }
        throw new AssertionError("expected line %d, %s, or one of those before it; received %s"
                .formatted(place, place < lines ? remembered[index(place)] : upcoming, got));
    }

    private static int index(long line) {
        return (int) (line % REMEMBERED);
    }

    long lines() {
        return lines;
    }

    long repeats() {
        return repeats;
    }

    int timesGoneBack() {
        return timesGoneBack;
    }
}
