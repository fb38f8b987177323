package dev.affidavit.testkit.elasticsearch;

import dev.affidavit.testkit.Command;
import dev.affidavit.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server's program, and beside it what this one server has: {@code config}, {@code data}, {@code logs}, {@code tmp}, in a directory that
 * the user has whom it runs as.
 */
final class Installation {
    /** {@code nobody}. */
    private static final String UID = "65534";

    /** Small and soon there: a test has few documents. */
    private static final String JVM_OPTIONS = """
            -Xms512m
            -Xmx512m
            -XX:TieredStopAtLevel=1
            -XX:-AlwaysPreTouch
            """;

    private final Path home;
    private final Path directory;

    private Installation(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** @param home where the program was unpacked */
    static Installation in(Path directory, Path home) throws IOException {
        if (!Files.isExecutable(home.resolve("bin").resolve("elasticsearch"))) {
            throw new IllegalStateException(
                    "there is no Elasticsearch in '%s': run the test through Maven, which unpacks it".formatted(home));
        }
        Installation installation = new Installation(reachable(directory, home.toRealPath()), directory.toRealPath());
        for (String name : List.of("config/jvm.options.d", "data", "logs", "tmp")) {
            Files.createDirectories(directory.resolve(name));
        }
        copy(home.resolve("config"), directory.resolve("config"));
        return installation;
    }

    /** A copy, if the way to the program is closed to others, as it is in a home directory. */
    private static Path reachable(Path directory, Path home) throws IOException {
        if (!isRoot()) {
            return home;
        }
        for (Path way = home; way != null; way = way.getParent()) {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(way))
                    .endsWith("x")) {
                Path copy = directory.resolve("program");
                copy(home, copy);
                return copy;
            }
        }
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    void configure(int port, int transportPort, Map<String, String> further) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cluster.name", "affidavit-test");
        settings.put("node.name", "node");
        settings.put("path.data", directory.resolve("data").toString());
        settings.put("path.logs", directory.resolve("logs").toString());
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(port));
        settings.put("transport.port", Integer.toString(transportPort));
        settings.put("discovery.type", "single-node");
        settings.put("xpack.security.enabled", "false");
        // A disk that is nearly full would make indices read-only.
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        settings.putAll(further);
        Files.writeString(
                file("elasticsearch.yml"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(file("jvm.options.d").resolve("test.options"), JVM_OPTIONS);
        Path ownOptions = file("jvm.options");
        Files.write(
                ownOptions,
                Files.readAllLines(ownOptions).stream()
                        .filter(line -> !line.startsWith("-Xlog:gc"))
                        .toList());
    }

    private Path file(String name) {
        return directory.resolve("config").resolve(name);
    }

    Process start() throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            Command.run("chown", "-R", UID + ":" + UID, directory.toString());
            command.add(program("setpriv").toString());
            command.addAll(List.of("--reuid=" + UID, "--regid=" + UID, "--clear-groups"));
        }
        command.add(home.resolve("bin").resolve("elasticsearch").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("JAVA_HOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        environment.put("ES_JAVA_HOME", System.getProperty("java.home"));
        environment.put("ES_PATH_CONF", directory.resolve("config").toString());
        environment.put("ES_TMPDIR", directory.resolve("tmp").toString());
        return builder.start();
    }

    private static Path program(String name) {
        return Program.find(name)
                .orElseThrow(() -> new IllegalStateException(
                        name + " is not installed, and Elasticsearch refuses to run as root"));
    }

    private Path output() {
        return directory.resolve("output.txt");
    }

    /** What it has written to its standard output. */
    String said() throws IOException {
        return Files.readString(output());
    }
}
