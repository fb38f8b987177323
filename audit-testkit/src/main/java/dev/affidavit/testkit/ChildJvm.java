package dev.affidavit.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own with a main class of this one's class path, to be killed, or to be without a part of that class path; or
 * with a program that is packaged. Ends with this JVM at the latest.
 */
public final class ChildJvm implements Closeable {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(60);
    /** Starts sooner, for there are many starts; options of the child's own count more. */
    public static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /** A child that runs {@code main}. What is a module here is on its class path. */
    public static Builder of(Class<?> main) {
        List<String> classPath = Stream.of("java.class.path", "jdk.module.path")
                .map(path -> System.getProperty(path, ""))
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new Builder(main.getName(), classPath);
    }

    /** A child that runs {@code main} of another class path than this JVM's. */
    public static Builder of(String main, Path... classPath) {
        return new Builder(main, Arrays.stream(classPath).map(Path::toString).toList());
    }

    /** A child that runs a jar which says itself what its main class is. */
    public static Builder ofJar(Path jar) {
        return new Builder(jar.toString(), List.of());
    }

    /** Writes a line to its standard input. */
    public void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes its standard input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(KILL_LIMIT);
    }

    /** Asks it to end, with SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    long pid() {
        return process.pid();
    }

    /** Holds up all its threads, with SIGSTOP, and returns when each has come out of the system call that it was in. */
    public void suspend() {
        Signal.STOP.to(process);
        Deadline.await("every thread of " + process + " stands", KILL_LIMIT, this::isSuspended);
    }

    private boolean isSuspended() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return threads.allMatch(thread -> stateOf(thread) == 'T');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As proc(5) calls it. */
    private static char stateOf(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'T'; // it has ended meanwhile
        }
    }

    /** Lets it go on, with SIGCONT. */
    public void resume() {
        Signal.CONT.to(process);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @return its exit status
     * @throws AssertionError if it does not end within {@code limit}
     */
    @CanIgnoreReturnValue
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("expected the end of " + process + " within " + limit);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + process, e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Collects what a child is started with. Not thread-safe. */
    public static final class Builder {
        /** A class; without a class path a jar. */
        private final String main;

        private final List<String> classPath;
        private final List<String> runner = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> arguments = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private final List<Path> first = new ArrayList<>();
        private final List<Path> added = new ArrayList<>();
        private Path java = Path.of(System.getProperty("java.home"));

        private Builder(String main, List<String> classPath) {
            this.main = main;
            this.classPath = classPath;
        }

        /**
         * Leaves out of the class path what begins with one of these names: of a jar its file name, of {@code
         * module/target/classes} the module's.
         */
        @CanIgnoreReturnValue
        public Builder without(String... names) {
            left.addAll(List.of(names));
            return this;
        }

        /** Adds a directory or a jar to the class path. */
        @CanIgnoreReturnValue
        public Builder with(Path entry) {
            added.add(entry);
            return this;
        }

        /** Adds a directory or a jar before the class path: of two services there, the one that is found first. */
        @CanIgnoreReturnValue
        public Builder withFirst(Path entry) {
            first.add(entry);
            return this;
        }

        /** Lets a program such as strace start the JVM: its name and its own arguments. */
        @CanIgnoreReturnValue
        public Builder under(String... command) {
            runner.addAll(List.of(command));
            return this;
        }

        /** Sets a variable of its environment. */
        @CanIgnoreReturnValue
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Runs it on another JDK than this JVM's. */
        @CanIgnoreReturnValue
        public Builder on(Path javaHome) {
            java = javaHome;
            return this;
        }

        /** Adds an option of the JVM, such as {@code -Xmx64m}. */
        @CanIgnoreReturnValue
        public Builder option(String option) {
            options.add(option);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder argument(Object argument) {
            arguments.add(String.valueOf(argument));
            return this;
        }

        /**
         * Starts the child. What it writes to standard output and standard error is added to these files, by the kernel
         * and not by this JVM: what it wrote before it was killed is there.
         */
        public ChildJvm start(Path output, Path errors) {
            List<String> command = new ArrayList<>(runner);
            command.add(java.resolve("bin").resolve("java").toString());
            command.addAll(SHORT_LIVED);
            command.addAll(options);
            command.addAll(classPath.isEmpty() ? List.of("-jar") : List.of("-cp", remainingClassPath()));
            command.add(main);
            command.addAll(arguments);
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
                builder.environment().putAll(environment);
                Process process = builder.start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
                return new ChildJvm(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String remainingClassPath() {
            Stream<String> kept =
                    classPath.stream().filter(entry -> left.stream().noneMatch(name(Path.of(entry))::startsWith));
            return Stream.of(
                            first.stream().map(Path::toString),
                            kept,
                            added.stream().map(Path::toString))
                    .flatMap(entries -> entries)
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private static String name(Path entry) {
            boolean classes = entry.endsWith(Path.of("target", "classes"));
            return entry.getName(entry.getNameCount() - (classes ? 3 : 1)).toString();
        }
    }
}
