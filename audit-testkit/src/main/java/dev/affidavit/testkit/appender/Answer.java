package dev.affidavit.testkit.appender;

import dev.affidavit.testkit.appender.Calls.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an {@link EndingProgram} said of one call.
 *
 * @param where it was made
 * @param name of its event
 * @param failure the message of what it threw; empty if it returned
 */
record Answer(String where, String name, long millis, String failure) {
    private static final Pattern TEXT = Pattern.compile("(\\S+) (\\S+) (\\d+) (?:returned|threw: (.*))");

    /** In the order in which they were said. */
    static List<Answer> in(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(TEXT::matcher)
                    .filter(Matcher::matches)
                    .map(Answer::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer of(Matcher text) {
        String failure = text.group(4);
        return new Answer(text.group(1), text.group(2), Long.parseLong(text.group(3)), failure == null ? "" : failure);
    }

    boolean isOf(Caller caller) {
        return name.startsWith(caller.name());
    }

    boolean returned() {
        return failure.isEmpty();
    }
}
