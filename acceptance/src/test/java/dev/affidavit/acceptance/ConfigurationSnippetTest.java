package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that a document shows records events. */
final class ConfigurationSnippetTest {
    /** To which the documents refer. */
    private static final List<String> SECRETS = List.of("HEC_TOKEN", "ES_API_KEY", "ES_PASSWORD", "AUDIT_DB_PASSWORD");

    private static final List<String> KEYS = List.of("AUDIT_KEY", "AUDIT_OLD_KEY");

    private static final String DOCUMENTED_DIRECTORY = "log_files/security";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource
    void shouldRecordAsConfigured(Snippet snippet) throws IOException {
        assertThat(snippet.code()).contains(DOCUMENTED_DIRECTORY);
        Path log = directory.resolve("log");
        String[] kind = snippet.kind().split(" ", -1);
        Path file = directory.resolve("configuration." + (kind.length > 1 ? kind[1] : "xml"));
        Files.writeString(
                file,
                snippet.code().replace(DOCUMENTED_DIRECTORY, log.toString()).replace("./log_files/", directory + "/"));
        Path output = directory.resolve("output");

        try (ChildJvm child = application(kind[0], file).start(output, output)) {
            assertThat(child.awaitExit(Duration.ofMinutes(2)))
                    .as(() -> read(output))
                    .isZero();
        }

        assertThat(EncryptedLog.content(log)).contains("\"event_type\":\"AUTH_SUCCESS\"");
    }

    private static ChildJvm.Builder application(String framework, Path file) {
        boolean isLog4j = framework.equals("log4j2");
        String property = isLog4j ? "log4j2.configurationFile" : "logback.configurationFile";
        String other = isLog4j ? "logback" : "log4j";
        ChildJvm.Builder child = ChildJvm.of(SnippetApplication.class);
        SECRETS.forEach(name -> child.environment(name, "a-secret"));
        KEYS.forEach(name -> child.environment(name, EncryptedLog.KEY));
        return child.option("-D%s=%s".formatted(property, file.toUri())).without(other, "affidavit-" + other);
    }

    static List<Snippet> shouldRecordAsConfigured() throws IOException {
        List<Snippet> configurations = Snippet.all().stream()
                .filter(snippet -> snippet.kind().startsWith("log"))
                .toList();
        assertThat(configurations).hasSizeGreaterThanOrEqualTo(11);
        return configurations;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
