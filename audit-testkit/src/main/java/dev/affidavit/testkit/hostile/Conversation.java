package dev.affidavit.testkit.hostile;

import dev.affidavit.testkit.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The events that were said to a log, in order, and what a reader of others finds of them. Not thread-safe. */
public final class Conversation {
    private static final String SCRIPT = "check_lines.py";
    private static final int LIMIT_SECONDS = 120;

    private final Path directory;
    private final List<String> said = new ArrayList<>();

    /** @param directory of the log */
    public Conversation(Path directory) {
        this.directory = directory;
    }

    public void add(SaidEvent event) {
        said.add(event.whole().toString());
    }

    public int size() {
        return said.size();
    }

    /**
     * Holds the log to what was said: Python's parser, strict, finds exactly these events, and jq reads the same.
     *
     * @param scratch where files of its own may go
     */
    public void requireRead(Path scratch) {
        try {
            Path script = scratch.resolve(SCRIPT);
            try (InputStream source = Conversation.class.getResourceAsStream(SCRIPT)) {
                Files.copy(Objects.requireNonNull(source, SCRIPT), script, StandardCopyOption.REPLACE_EXISTING);
            }
            Path expected = scratch.resolve("expected");
            Files.write(expected, said, StandardCharsets.US_ASCII);
            Path output = scratch.resolve("output");
            Process python = new ProcessBuilder(
                            program("python3"),
                            script.toString(),
                            directory.toString(),
                            expected.toString(),
                            program("jq"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = python.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            python.destroyForcibly();
            if (!ended || python.exitValue() != 0) {
                throw new AssertionError(Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String program(String name) {
        return Program.find(name)
                .orElseThrow(() -> new AssertionError(name + " is not installed"))
                .toString();
    }
}
