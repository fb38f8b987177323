package dev.affidavit.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions that docs/versions.md names are those that are tested. */
final class SupportedVersionsTest {
    /** In the parent the version that the product is built with; in a profile one that the same tests run with again. */
    private static final String VERSION = "<(?:affidavit\\.framework|%s)\\.version>(\\d[^<]*)<";

    @ParameterizedTest
    @CsvSource({"Log4j 2,log4j,log4j2-appender", "Logback,logback,logback-appender"})
    void shouldNameTheVersionsOfAFramework(String name, String property, String module) throws IOException {
        Pattern version = Pattern.compile(VERSION.formatted(property));
        List<String> tested = Stream.of(read("pom.xml"), read(module + "/pom.xml"))
                .flatMap(pom -> version.matcher(pom).results().map(result -> result.group(1)))
                .sorted()
                .toList();

        assertThat(tested).hasSize(3);
        assertThat(read("docs/versions.md")).contains("| %s | %s |".formatted(name, String.join(", ", tested)));
    }

    @ParameterizedTest
    @CsvSource({"WITH_3_5_AND_LOGBACK,WITH_3_5_AND_LOG4J", "WITH_4_1_AND_LOGBACK,WITH_4_1_AND_LOG4J"})
    void shouldNameWhatSpringBootBrings(BootApplication overLogback, BootApplication overLog4j) throws IOException {
        String row = "| %s | %s | %s | %s |"
                .formatted(
                        only(overLogback.versions("spring-boot")),
                        only(overLogback.versions("logback-classic")),
                        only(overLog4j.versions("log4j-core")),
                        String.join(" and ", overLogback.versions("jackson-databind")));

        assertThat(overLog4j.versions("spring-boot")).isEqualTo(overLogback.versions("spring-boot"));
        assertThat(overLog4j.versions("logback-classic")).isEmpty();
        assertThat(overLogback.versions("log4j-core")).isEmpty();
        assertThat(read("docs/versions.md")).contains(row);
    }

    private static String only(List<String> versions) {
        assertThat(versions).hasSize(1);
        return versions.get(0);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Built.REPOSITORY.resolve(file));
    }
}
