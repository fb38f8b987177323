package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The suites run with the version of the framework that the build names, in this JVM and in its children: otherwise a
 * matrix of versions shows nothing.
 */
public abstract class VersionContract {
    private static final String PROPERTY = "affidavit.framework.version";

    private final Map<String, Class<?>> artifacts;

    /** @param artifacts of the framework, by name, each with a class that is in it */
    protected VersionContract(Map<String, Class<?>> artifacts) {
        this.artifacts = artifacts;
    }

    @Test
    void shouldRunWithTheVersionThatTheBuildNames() throws URISyntaxException {
        String version = Objects.requireNonNull(System.getProperty(PROPERTY), PROPERTY);
        for (Map.Entry<String, Class<?>> artifact : artifacts.entrySet()) {
            String name = artifact.getKey() + "-";
            Path loaded = Path.of(artifact.getValue()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<Path> forChildren = ProgramJvm.classPath(
                            entry -> fileName(entry).startsWith(name))
                    .stream()
                    .map(Path::of)
                    .toList();

            assertThat(loaded).hasFileName(name + version + ".jar");
            assertThat(forChildren).containsExactly(loaded);
        }
    }

    private static String fileName(String entry) {
        return Path.of(entry).getFileName().toString();
    }
}
