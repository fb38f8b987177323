package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditException;
import dev.affidavit.spi.ShutdownHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which shutdown handler the class path offers. */
final class ServicesTest {
    @TempDir
    Path directory;

    private final List<String> problems = new ArrayList<>();

    private ShutdownHandler find(String... providers) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(ShutdownHandler.class.getName()), List.of(providers));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, ServicesTest.class.getClassLoader())) {
            return Services.shutdownHandler(loader, problems);
        }
    }

    @Test
    void shouldHaltIfThereIsNone() throws IOException {
        assertThat(find()).isInstanceOf(Halt.class);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldTakeTheOneThatIsThere() throws IOException {
        assertThat(find(First.class.getName())).isInstanceOf(First.class);
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldRefuseToChoose() throws IOException {
        assertThat(find(First.class.getName(), Second.class.getName())).isInstanceOf(Halt.class);
        assertThat(problems)
                .containsExactly("onFailure: expected one shutdown handler on the class path, found %s, %s; leave one"
                        .formatted(First.class.getName(), Second.class.getName()));
    }

    @Test
    void shouldNotGoOnWithoutTheOneThatIsMeant() throws IOException {
        assertThat(find("no.such.Handler")).isInstanceOf(Halt.class);
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("onFailure: the shutdown handler cannot be loaded: ")
                .contains("no.such.Handler");
    }

    public static class First implements ShutdownHandler {
        @Override
        public void shutDown(AuditException cause) {}
    }

    public static final class Second implements ShutdownHandler {
        @Override
        public void shutDown(AuditException cause) {}
    }
}
