package dev.affidavit.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the example in a JVM of its own, with the class path that the build made for the framework.
 *
 * @param output standard output
 * @param errors standard error
 */
record ExampleProcess(int exitCode, String output, String errors) {
    private static final Path TARGET = Path.of("target");

    static ExampleProcess run(String framework, Path work, String... options) throws IOException, InterruptedException {
        String classPath = TARGET.resolve("classes").toAbsolutePath() + ":"
                + Files.readString(TARGET.resolve(framework + ".classpath"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "dev.affidavit.examples.Main",
                "--framework",
                framework));
        command.addAll(List.of(options));
        Path output = work.resolve(framework + ".out");
        Path errors = work.resolve(framework + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            return new ExampleProcess(process.waitFor(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(output.getBytes(StandardCharsets.UTF_8));
    }
}
