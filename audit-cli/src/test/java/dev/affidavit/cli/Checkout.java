package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.CommandLineRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A copy of the launcher among sources that are as good as none, whose build takes the packaged program. */
final class Checkout {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("affidavit.cli.jar")));
    private static final long LIMIT_SECONDS = 180;

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    static Checkout in(Path root) throws IOException {
        for (String folder : List.of(
                "audit-cli/src/main/java", "audit-core", "audit-encryption", "audit-store", "siem-forwarders")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.createFile(root.resolve("pom.xml"));
        Files.createFile(root.resolve("audit-cli/src/main/java/Source.java"));
        Files.copy(Path.of("..", "affidavit"), root.resolve("affidavit"));
        executable(root.resolve("mvnw"), """
                #!/bin/sh
                echo "$@" >>builds
                echo "what a build says"
                [ ! -e broken ] || exit 1
                mkdir -p audit-cli/target
                cp '%s' audit-cli/target/affidavit-cli-1.2.3-all.jar
                """.formatted(JAR));
        return new Checkout(root);
    }

    /** Puts the packaged program where a build puts it. */
    Checkout built() throws IOException {
        Files.createDirectories(file("audit-cli/target"));
        Files.copy(JAR, file("audit-cli/target/affidavit-cli-1.2.3-all.jar"));
        return this;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    int builds() throws IOException {
        return Files.exists(file("builds")) ? Files.readAllLines(file("builds")).size() : 0;
    }

    CommandLineRun run(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(file("affidavit").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command, Map.of());
    }

    CommandLineRun run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = file("output");
        Path errors = file("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.resolve("..").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return new CommandLineRun(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
