package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verifier in Python that was written from the document of the format alone: one process for many logs. */
final class ReferenceVerifier implements AutoCloseable {
    /** What its programs are started with, in the directory of the module. */
    static final List<String> PYTHON = List.of("python3", "-B");

    static final Path SOURCES = Path.of("src", "test", "python");

    private static final Pattern VERDICT = Pattern.compile("\\{\"verdict\": \"([a-z-]+)\".*");

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    /** What it says of one log. */
    record Answer(String verdict, String json) {}

    private ReferenceVerifier(Process process) {
        this.process = process;
        this.questions = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    static ReferenceVerifier start() throws IOException {
        List<String> command = new ArrayList<>(PYTHON);
        command.addAll(List.of(SOURCES.resolve("verify_log.py").toString(), "--batch"));
        return new ReferenceVerifier(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Skips the test if Python is not installed, and says so; fails if it must be. */
    static void requirePython() throws InterruptedException {
        boolean isInstalled = isInstalled();
        if (System.getProperty("affidavit.require", "").contains("python3")) {
            assertThat(isInstalled)
                    .as("affidavit.require names python3, so it must work")
                    .isTrue();
        }
        assumeTrue(isInstalled, "python3 is not installed: nothing but the product verifies its seals");
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** @param pins a file; so are the checkpoints that the log is held against */
    Answer verify(Path log, Path pins, List<Path> against) throws IOException {
        String question = Stream.concat(Stream.of(log, pins), against.stream())
                .map(Path::toString)
                .collect(Collectors.joining("\t", "", "\n"));
        questions.write(question);
        questions.flush();
        String answer = Objects.requireNonNull(answers.readLine(), "the reference verifier ended");
        Matcher matcher = VERDICT.matcher(answer);
        assertThat(matcher.matches()).as(answer).isTrue();
        return new Answer(matcher.group(1), answer);
    }

    @Override
    public void close() throws IOException {
        questions.close();
        answers.close();
        process.destroyForcibly();
    }
}
