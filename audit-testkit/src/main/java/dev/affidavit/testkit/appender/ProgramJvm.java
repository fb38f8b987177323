package dev.affidavit.testkit.appender;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An {@link AuditProgram} in a JVM of its own. */
public final class ProgramJvm implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private ProgramJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the program.
     *
     * @param jvmArguments the class path among them
     * @param programArguments what it is to do
     */
    public static ProgramJvm start(List<String> jvmArguments, String... programArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.SHORT_LIVED);
        command.addAll(jvmArguments);
        command.add(AuditProgram.class.getName());
        command.addAll(Arrays.asList(programArguments));
        try {
            Path output = Files.createTempFile("child", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ProgramJvm(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of this JVM's class path that {@code wanted} takes. */
    public static List<String> classPath(Predicate<String> wanted) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).filter(wanted).toList();
    }

    public static String join(List<String> entries) {
        return String.join(File.pathSeparator, entries);
    }

    /** Waits until the program holds. */
    public void awaitHolding() {
        Deadline.await(
                "the program holds; it said: " + said(),
                LIMIT,
                () -> said().contains(AuditProgram.HOLDING) || !process.isAlive());
    }

    /** Lets the program come to its end, and returns all that it said. */
    public String end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program does not end; it said: " + said());
            }
            return said();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
