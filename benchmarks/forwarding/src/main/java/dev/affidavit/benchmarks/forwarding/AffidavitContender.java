package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.delivery.ForwardingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The engine in a JVM of its own, with one destination. */
record AffidavitContender(String name, Start receiver) implements Contender {
    static final List<String> JVM_OPTIONS = List.of("-Xmx256m");

    @Override
    public Usage carry(Source source, Path directory) throws IOException {
        Path log = copy(source.log(), directory.resolve("log"));
        try (Receiver started = receiver.in(Files.createDirectory(directory.resolve("receiver")))) {
            return Usage.of(
                    command(started, log, source.logId()), directory.resolve("output"), started, source.events());
        }
    }

    /** Its cursor is in the log: each run begins with a log that nobody has read. */
    private static Path copy(Path log, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(log)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(log.relativize(file)));
            }
        }
        return to;
    }

    private static List<String> command(Receiver receiver, Path log, String logId) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        receiver.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForwardingProgram.class.getName()));
        Map<String, String> options = new LinkedHashMap<>(receiver.options());
        command.addAll(List.of(log.toString(), logId, String.valueOf(options.remove("to"))));
        options.forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }

    /** Starts what it sends to. */
    interface Start {
        Receiver in(Path directory) throws IOException;
    }
}
