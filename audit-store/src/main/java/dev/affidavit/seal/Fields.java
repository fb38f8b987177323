package dev.affidavit.seal;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines {@code key value} of a statement, taken from it one by one in their order. Not thread-safe. */
final class Fields {
    /** Always with six digits of a second: one way to write a time. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private final String kind;
    private final List<String> lines;
    private int next = 1;

    private Fields(String kind, List<String> lines) {
        this.kind = kind;
        this.lines = lines;
    }

    /** @param lines the first of which is the kind */
    static Fields of(List<String> lines) {
        return new Fields(lines.get(0), lines);
    }

    String take(String key) throws MalformedSealException {
        String value = takeIfThere(key);
        if (value == null) {
            throw new MalformedSealException("%s: expected '%s …', found %s"
                    .formatted(kind, key, next < lines.size() ? "'" + Text.shown(lines.get(next)) + "'" : "its end"));
        }
        return value;
    }

    @Nullable
    String takeIfThere(String key) throws MalformedSealException {
        if (next == lines.size() || !lines.get(next).startsWith(key + " ")) {
            return null;
        }
        String value = lines.get(next).substring(key.length() + 1);
        if (!Text.isValue(value)) {
            throw new MalformedSealException("%s: %s has no value".formatted(kind, key));
        }
        next++;
        return value;
    }

    long number(String key) throws MalformedSealException {
        return Text.number(take(key));
    }

    TreeHash hash(String key) throws MalformedSealException {
        return TreeHash.parse(take(key));
    }

    List<TreeHash> hashes(String key) throws MalformedSealException {
        List<TreeHash> hashes = new ArrayList<>();
        for (String value = takeIfThere(key); value != null; value = takeIfThere(key)) {
            hashes.add(TreeHash.parse(value));
        }
        return hashes;
    }

    Instant time(String key) throws MalformedSealException {
        String text = take(key);
        try {
            Instant time = Instant.parse(text);
            if (written(time).equals(text)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new MalformedSealException(
                "%s: expected %s as 2026-11-21T17:02:31.000000Z, found '%s'".formatted(kind, key, Text.shown(text)));
    }

    static String written(Instant time) {
        return TIME.format(time);
    }

    void requireEnd() throws MalformedSealException {
        if (next < lines.size()) {
            throw new MalformedSealException(
                    "%s: expected its end, found '%s'".formatted(kind, Text.shown(lines.get(next))));
        }
    }
}
