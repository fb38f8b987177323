package dev.affidavit.modular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.appender.ProgramJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModulePathTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCountOnTheModulePath() throws IOException {
        List<String> modules = ProgramJvm.classPath(ModulePathTest::isModule);
        Path[] classPath = ProgramJvm.classPath(entry -> !isModule(entry)).stream()
                .map(Path::of)
                .toArray(Path[]::new);
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        try (ChildJvm child = ChildJvm.of(MeteredProgram.class.getName(), classPath)
                .option("--module-path=" + ProgramJvm.join(modules))
                .option("--add-modules=dev.affidavit.micrometer")
                .argument(directory.resolve("log"))
                .start(output, errors)) {
            child.awaitExit(Duration.ofMinutes(3));
        }

        assertThat(Files.readString(errors)).doesNotContain("Exception");
        assertThat(output).hasContent("module dev.affidavit.micrometer, [], 1.0");
    }

    private static boolean isModule(String entry) {
        return Stream.of(
                        "/micrometer/target/classes",
                        "micrometer-core",
                        "micrometer-commons",
                        "micrometer-observation",
                        "HdrHistogram",
                        "LatencyUtils",
                        "slf4j-api",
                        "jackson-core",
                        "/audit-core/target/",
                        "/audit-store/target/",
                        "affidavit-core",
                        "affidavit-store")
                .anyMatch(entry::contains);
    }
}
