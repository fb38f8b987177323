package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Other processes that run a main class of these tests, with the JDK, the store and the tests on their class path. */
final class ChildJvm {
    private static final int LIMIT_SECONDS = 300;

    private ChildJvm() {}

    /** A command that starts fast. */
    static List<String> command(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                root(LogWriter.class) + System.getProperty("path.separator") + root(main),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    static Process start(Class<?> main, Object... arguments) throws IOException {
        return new ProcessBuilder(command(main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void awaitSuccess(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the other process ends")
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** The directory under which the class file is. */
    static Path root(Class<?> type) {
        try {
            String file = type.getName().replace('.', '/') + ".class";
            URL url = Objects.requireNonNull(type.getResource("/" + file));
            Path root = Path.of(url.toURI());
            for (int i = Path.of(file).getNameCount(); i > 0; i--) {
                root = Objects.requireNonNull(root.getParent());
            }
            return root;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
