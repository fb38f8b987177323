package dev.affidavit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.config.ConfigNode;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.spi.ShutdownHandler;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A log in a directory of its own, its configuration and what is in it. */
final class TestLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path directory;
    final FakeStatus status = new FakeStatus();
    /** Why the application was to be ended. */
    final List<String> shutdowns = new CopyOnWriteArrayList<>();

    /** What time it is; it stands still but for what a test adds. */
    final AtomicLong nanoTime = new AtomicLong();

    private ShutdownHandler shutdownHandler = cause -> shutdowns.add(String.valueOf(cause.getMessage()));

    private final Map<String, String> options = new LinkedHashMap<>();
    private List<ConfigNode> forwarders = List.of();
    private List<ConfigNode> listeners = List.of();
    /** None: sealed as by default. */
    private List<ConfigNode> seals = List.of();

    TestLog(Path directory) {
        this.directory = directory;
        options.put("name", "audit");
        options.put("directory", directory.toString());
        options.put("lockTimeout", "0s");
        options.put("rotationInterval", "36500d"); // midnight ends no file
    }

    TestLog with(String option, String value) {
        options.put(option, value);
        return this;
    }

    /** Forwarders of these names, in place of those before. */
    TestLog forwardingTo(String... names) {
        forwarders = List.of(names).stream()
                .map(name -> new ConfigNode(
                        "AuditForwarder", Map.of("to", "pigeon", "name", name, "loft", "north"), List.of()))
                .toList();
        return this;
    }

    /** Sealed with these options, given as name and text in turn. */
    TestLog sealed(String... namesAndTexts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        seals = List.of(new ConfigNode("AuditSeal", values, List.of()));
        return this;
    }

    TestLog unsealed() {
        return sealed("enabled", "false");
    }

    /** All but the one that tells the public keys of a log, once in its life. */
    List<String> warnings() {
        return status.warnings.stream()
                .filter(warning -> !warning.contains("is sealed from here on"))
                .toList();
    }

    /** The oldest file of the log. */
    Path segment() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    TestLog endingBy(ShutdownHandler handler) {
        shutdownHandler = handler;
        return this;
    }

    /** Listeners of these names, each told on a side of its name, in place of those before. */
    TestLog toldTo(String... names) {
        listeners = List.of(names).stream()
                .map(name -> new ConfigNode(
                        "AuditListener", Map.of("provider", "ear", "name", name, "side", name), List.of()))
                .toList();
        return this;
    }

    /** While a handler is at work, whichever sink it is for, no other is called: not for the next test either. */
    static void awaitHandlers() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("affidavit-shutdown")) {
                thread.join();
            }
        }
    }

    AuditSink open(String... problemsSoFar) {
        return AuditSink.open(
                new ConfigNode(
                        "Audit",
                        options,
                        Stream.of(forwarders, listeners, seals)
                                .flatMap(List::stream)
                                .toList()),
                List.of(problemsSoFar),
                status,
                problems -> shutdownHandler,
                nanoTime::get);
    }

    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(directory)) {
            for (List<StoredLine> lines = reader.read(100, 1 << 20);
                    !lines.isEmpty();
                    lines = reader.read(100, 1 << 20)) {
                for (StoredLine line : lines) {
                    events.add(JSON.readTree(line.bytes()));
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> types() {
        return events().stream()
                .map(event -> event.get("event_type").textValue())
                .toList();
    }

    List<JsonNode> events(String type) {
        return events().stream()
                .filter(event -> event.get("event_type").textValue().equals(type))
                .toList();
    }

    JsonNode only(String type) {
        List<JsonNode> events = events(type);
        if (events.size() != 1) {
            throw new AssertionError("expected one " + type + ", found " + types());
        }
        return events.get(0);
    }
}
