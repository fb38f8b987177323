package dev.affidavit.testkit.appender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.affidavit.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The files of a log as a strict reader sees them. */
public record LogFile(Path directory) {
    private static final Duration LINE_LIMIT = Duration.ofSeconds(30);
    private static final Duration RESERVE_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Every line, oldest first. */
    public List<String> lines() {
        return files().stream().flatMap(LogFile::lines).toList();
    }

    /** Waits until the log has set aside so many bytes: a disk that is filled meanwhile would be full in part. */
    void awaitReserve(long bytes) {
        Path reserve = directory.resolve(".affidavit").resolve("reserve");
        Deadline.await(
                "there is a reserve", RESERVE_LIMIT, () -> reserve.toFile().length() == bytes);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that is being written now may be seen in parts. */
    private static String readToTheEndOfALine(Path file) throws IOException {
        long end = System.nanoTime() + LINE_LIMIT.toNanos();
        while (true) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (text.isEmpty() || text.endsWith("\n")) {
                return text;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the last line of %s is not complete".formatted(file));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            String text = readToTheEndOfALine(file);
            return text.isEmpty()
                    ? Stream.empty()
                    : Stream.of(text.split("\n", -1)).filter(line -> !line.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line, parsed. */
    public List<JsonNode> all() {
        return lines().stream().map(LogFile::parse).toList();
    }

    /** The application's events: all but those of the log's own. */
    public List<JsonNode> events() {
        return all().stream().filter(event -> !isOwn(event)).toList();
    }

    /** How many of the application's events have this user: of any number of events, since a log need not fit into memory. */
    public Map<String, Integer> eventsByUser() {
        Map<String, Integer> counts = new HashMap<>();
        for (Path file : files()) {
            lines(file).map(LogFile::parse).forEach(event -> {
                if (!isOwn(event)) {
                    counts.merge(event.get("username").textValue(), 1, Integer::sum);
                }
            });
        }
        return counts;
    }

    private static boolean isOwn(JsonNode event) {
        return event.get("event_type").textValue().startsWith("AUDIT_");
    }

    /** The application's one event. */
    public JsonNode event() {
        List<JsonNode> events = events();
        if (events.size() != 1) {
            throw new AssertionError("expected one event, found " + events);
        }
        return events.get(0);
    }

    /** The log's own events of this type. */
    public List<JsonNode> own(String type) {
        return all().stream()
                .filter(event -> event.get("event_type").textValue().equals(type))
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return STRICT.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
