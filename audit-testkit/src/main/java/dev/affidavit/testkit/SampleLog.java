package dev.affidavit.testkit;

import dev.affidavit.store.Durability;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** A log of made-up events, written as the store writes, without a logging framework. */
public final class SampleLog implements Closeable {
    /** Midnight ends no segment, whenever a test runs. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final LogWriter writer;

    private SampleLog(LogWriter writer) {
        this.writer = writer;
    }

    /** Opens the log, or makes it. Its lines are in one segment, if they fit. */
    public static SampleLog in(Path directory) {
        return with(LogOptions.in(directory).rotationInterval(NEVER).build());
    }

    public static SampleLog with(LogOptions options) {
        return new SampleLog(LogWriter.open(options, LogListener.NONE));
    }

    public Path directory() {
        return writer.directory();
    }

    public String id() {
        return writer.id();
    }

    /** Adds a line of any text without a line break. */
    public void append(String text) {
        writer.append(TextLine.of(text), Durability.WRITTEN);
    }

    /** Adds the events with these numbers, the first one included. */
    public void appendEvents(int from, int to) {
        IntStream.range(from, to).mapToObj(SampleLog::event).forEach(this::append);
    }

    /** The line of event {@code number}: text that a receiver may spoil, and an id that tells it from the others. */
    public static String event(int number) {
        long nanos = 1_795_213_454_000_000_000L + number;
        return ("{\"id\":\"evt_%d_%d\",\"timestamp\":\"2026-11-20T22:24:14.%06dZ\",\"event_type\":\"AUTH_FAILURE\","
                        + "\"severity\":\"WARNING\",\"username\":\"al|ice=\\\\x\",\"session_id\":\"sess_%d\","
                        + "\"ip_address\":\"192.168.1.100\",\"port\":5432,\"user_agent\":\"syndrdb-cli/1.0\","
                        + "\"description\":\"bad password\\nfor \\\"al|ice\\\" ] Пароль 密码 🔑 100%%\","
                        + "\"details\":{\"auth_method\":\"password\"},\"success\":false,\"error_code\":\"AUTH-001\"}")
                .formatted(nanos, nanos / 1_000_000_000L, number % 1_000_000, number);
    }

    @Override
    public void close() {
        writer.close();
    }
}
