package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditException;
import dev.affidavit.config.Options;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.spi.ShutdownHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which shutdown handler, and which providers, the class path offers. */
final class ServicesTest {
    @TempDir
    Path directory;

    private final List<String> problems = new ArrayList<>();

    private ShutdownHandler find(String... providers) throws IOException {
        try (URLClassLoader loader = offering(ShutdownHandler.class, providers)) {
            return Services.shutdownHandler(loader, problems);
        }
    }

    private URLClassLoader offering(Class<?> service, String... providers) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(service.getName()), List.of(providers));
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, ServicesTest.class.getClassLoader());
    }

    @Test
    void shouldPassOverProvidersThatCannotBeUsed() throws IOException {
        FakeStatus status = new FakeStatus();
        try (URLClassLoader loader = offering(
                AuditListenerProvider.class,
                "no.such.Provider",
                Nameless.class.getName(),
                Alerts.class.getName(),
                MoreAlerts.class.getName())) {
            Map<String, AuditListenerProvider> found =
                    Services.load(AuditListenerProvider.class, AuditListenerProvider::name, loader, status);

            assertThat(found.get("alerts")).isExactlyInstanceOf(Alerts.class);
        }
        assertThat(status.errors)
                .hasSize(2)
                .allMatch(error -> error.startsWith("AuditListenerProvider on the class path: one cannot be used: "))
                .anyMatch(error -> error.contains("no.such.Provider"))
                .anyMatch(error -> error.contains("no name"));
        assertThat(status.warnings)
                .containsExactly(
                        "%s is passed over: %s has its name, 'alerts', too".formatted(MoreAlerts.class, Alerts.class));
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

    @Test
    void shouldRefuseOneOfALaterJava() throws IOException {
        byte[] classOfVersion255 = HexFormat.of().parseHex("cafebabe000000ff");
        Files.write(Files.createDirectories(directory.resolve("later")).resolve("Handler.class"), classOfVersion255);

        assertThat(find("later.Handler")).isInstanceOf(Halt.class);
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("onFailure: the shutdown handler cannot be loaded: ");
    }

    public static class First implements ShutdownHandler {
        @Override
        public void shutDown(AuditException cause) {}
    }

    public static final class Second implements ShutdownHandler {
        @Override
        public void shutDown(AuditException cause) {}
    }

    public static class Alerts implements AuditListenerProvider {
        @Override
        public String name() {
            return "alerts";
        }

        @Override
        public AuditListenerFactory configure(Options options) {
            throw new UnsupportedOperationException();
        }
    }

    public static final class MoreAlerts extends Alerts {}

    public static final class Nameless extends Alerts {
        @Override
        public String name() {
            throw new IllegalStateException("no name");
        }
    }
}
