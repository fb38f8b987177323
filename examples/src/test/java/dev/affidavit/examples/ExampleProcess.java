package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the example in a JVM of its own, with the class path that the build made for the framework.
 *
 * @param output standard output
 * @param errors standard error
 */
record ExampleProcess(int exitCode, String output, String errors) {
    private static final Path TARGET = Path.of("target");
    private static final long LIMIT_SECONDS = 300;

    static ExampleProcess run(String framework, Path work, String... options) throws IOException, InterruptedException {
        String classPath = TARGET.resolve("classes").toAbsolutePath()
                + File.pathSeparator
                + Files.readString(TARGET.resolve(framework + ".classpath"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.SHORT_LIVED);
        command.addAll(List.of("-cp", classPath, "dev.affidavit.examples.Main", "--framework", framework));
        command.addAll(List.of(options));
        Path output = work.resolve(framework + ".out");
        Path errors = work.resolve(framework + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("the example ends within %d s", LIMIT_SECONDS)
                    .isTrue();
            return new ExampleProcess(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroy(); // and not forcibly: it has a child of its own to end
        }
    }

    JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(output.getBytes(StandardCharsets.UTF_8));
    }
}
