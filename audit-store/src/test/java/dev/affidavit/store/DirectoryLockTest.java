package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class DirectoryLockTest {

    @Test
    void shouldRefuseASecondWriterInOneProcess(@TempDir Path directory) throws Exception {
        Duration timeout = Duration.ofMillis(120);
        try (LogWriter first = new TestLog(directory).open()) {
            TestLog second = new TestLog(directory);
            long start = System.nanoTime();

            assertThatThrownBy(() ->
                            second.open(second.options().lockTimeout(timeout).build()))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageContaining("another application in this process")
                    .hasMessageContaining("PT0.12S");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(timeout);
            first.append(TextLine.of("still open"), Durability.SYNCED);
        }
        new TestLog(directory).open().close();
    }

    @Test
    void shouldKnowTheDirectoryByAnyOfItsNames(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        Path link = directory.resolve("link");
        try (LogWriter first = new TestLog(log).open()) {
            Files.createSymbolicLink(link, log);

            assertThatThrownBy(() -> new TestLog(link).open()).isInstanceOf(DirectoryInUseException.class);

            assertThat(first.directory()).isEqualTo(log.toRealPath());
        }
    }

    @Test
    void shouldGetInWhenTheFirstWriterClosesInTime(@TempDir Path directory) throws Exception {
        LogWriter first = new TestLog(directory).open();
        TestLog second = new TestLog(directory);
        FutureTask<LogWriter> opening = Threads.start(
                "second",
                () -> second.open(
                        second.options().lockTimeout(Duration.ofMinutes(2)).build()));
        first.append(TextLine.of("first"), Durability.WRITTEN);
        assertThat(opening.isDone()).isFalse();

        first.close();

        try (LogWriter writer = Threads.get(opening)) {
            writer.append(TextLine.of("second"), Durability.WRITTEN);
        }
        assertThat(LogFiles.lines(directory)).containsExactly("first", "second");
    }

    @Test
    void shouldRefuseAnotherClassLoaderAndKeepTheLockOfTheFirst(@TempDir Path directory) throws Exception {
        URL[] store = {ChildJvm.root(LogWriter.class).toUri().toURL()};
        try (LogWriter first = new TestLog(directory).open();
                URLClassLoader loader = new URLClassLoader(store, null)) {
            assertThat(loader.loadClass(LogWriter.class.getName())).isNotSameAs(LogWriter.class);

            assertThatThrownBy(() -> openWith(loader, directory))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .satisfies(cause ->
                            assertThat(cause.getClass().getName()).isEqualTo(DirectoryInUseException.class.getName()))
                    .hasMessageContaining(directory.toRealPath().toString());

            try (Child child = new Child(directory, Duration.ZERO)) {
                assertThat(child.answer()).contains("refused").contains("another process");
            }
            first.append(TextLine.of("still open"), Durability.SYNCED);
        }
    }

    @Test
    void shouldRefuseAnotherProcessUntilTheFirstCloses(@TempDir Path directory) throws Exception {
        LogWriter first = new TestLog(directory).open();
        assertThat(LogCondition.of(directory).hasWriter()).isTrue(); // and lets go of no lock
        try (Child refused = new Child(directory, Duration.ofMillis(100))) {
            assertThat(refused.answer())
                    .contains("refused")
                    .contains(directory.toRealPath().toString())
                    .contains("another process");
        }

        try (Child waiting = new Child(directory, Duration.ofMinutes(2))) {
            assertThat(waiting.readLine()).isEqualTo("begins");
            first.append(TextLine.of("first"), Durability.WRITTEN);
            first.close();

            assertThat(waiting.readLine()).isEqualTo("open");

            assertThatThrownBy(() -> new TestLog(directory).open())
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining("another process");
        }
        assertThat(LogFiles.lines(directory)).containsExactly("first", "child");
    }

    @Test
    void shouldGetInAfterTheHolderWasKilled(@TempDir Path directory) throws Exception {
        try (Child killed = new Child(directory, Duration.ZERO)) {
            assertThat(killed.answer()).isEqualTo("open");
            assertThat(LogCondition.of(directory).hasWriter()).isTrue();
            killed.process.destroyForcibly().waitFor();
        }
        assertThat(LogCondition.of(directory).hasWriter()).isFalse();

        try (LogWriter log = new TestLog(directory).open()) {
            assertThat(log.recovery()).isEmpty();
        }
    }

    @Test
    void shouldLetOneProcessInWhenManyMakeTheLogAtOnce(@TempDir Path directory) throws Exception {
        assertOneGetsIn(directory.resolve("log"), 4);
    }

    @Test
    @Tag("campaign")
    void shouldAlwaysLetOneProcessIn(@TempDir Path directory) throws Exception {
        for (int round = 0; round < 20; round++) {
            assertOneGetsIn(directory.resolve("log-" + round), 8);
        }
    }

    private static void assertOneGetsIn(Path log, int processes) throws Exception {
        List<Child> children = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                children.add(new Child(log, Duration.ZERO));
            }
            List<String> answers = new ArrayList<>();
            for (Child child : children) {
                answers.add(child.answer());
            }
            assertThat(answers).filteredOn(answer -> answer.equals("open")).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("is in use"))
                    .hasSize(processes - 1);
        } finally {
            for (Child child : children) {
                child.close();
            }
        }
    }

    private static void openWith(ClassLoader loader, Path directory) throws ReflectiveOperationException {
        Class<?> options = loader.loadClass(LogOptions.class.getName());
        Class<?> listener = loader.loadClass(LogListener.class.getName());
        Object builder = options.getMethod("in", Path.class).invoke(null, directory);
        builder.getClass().getMethod("lockTimeout", Duration.class).invoke(builder, Duration.ofMillis(100));
        loader.loadClass(LogWriter.class.getName())
                .getMethod("open", options, listener)
                .invoke(
                        null,
                        builder.getClass().getMethod("build").invoke(builder),
                        listener.getField("NONE").get(null));
    }

    /** Another process that opens the log, and closes it when its standard input ends. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        Child(Path directory, Duration lockTimeout) throws Exception {
            process = ChildJvm.start(HoldingMain.class, directory, lockTimeout.toMillis());
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        String readLine() throws Exception {
            return Objects.requireNonNull(output.readLine(), "the other process ended without an answer");
        }

        String answer() throws Exception {
            assertThat(readLine()).isEqualTo("begins");
            return readLine();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }

    static final class HoldingMain {
        private HoldingMain() {}

        public static void main(String[] arguments) throws Exception {
            LogOptions options = LogOptions.in(Path.of(arguments[0]))
                    .lockTimeout(Duration.ofMillis(Long.parseLong(arguments[1])))
                    .build();
            System.out.println("begins");
            try (LogWriter log = LogWriter.open(options, LogListener.NONE)) {
                System.out.println("open");
                while (System.in.read() >= 0) {
                    // Holds the directory until the parent closes this.
                }
                log.append(TextLine.of("child"), Durability.WRITTEN);
            } catch (DirectoryInUseException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
