package dev.affidavit.listening;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.PlainLine;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A log in which a file holds ten lines, and who listens to it. */
final class ListenedLog implements AutoCloseable {
    static final LogIdentity IDENTITY = new LogIdentity("log", "payments", "host1");

    private static final int LINE_BYTES = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    final LogWriter writer;
    final FakeStatus status = new FakeStatus();
    final Listening listening;

    ListenedLog(Path directory) {
        this(directory, LIMIT, LIMIT);
    }

    /** With limits for telling the rest, and for an interrupted call to return, when it is stopped. */
    ListenedLog(Path directory, Duration lastTelling, Duration cut) {
        LogOptions options = LogOptions.in(directory)
                .maxSegmentBytes(10 * LINE_BYTES)
                .maxSegments(5)
                .build();
        writer = LogWriter.open(options, LogListener.NONE);
        listening = new Listening(writer, status, () -> Decrypter.WITHOUT_KEYS, lastTelling, cut);
    }

    /** Adds the lines with these numbers, the first one included. */
    void append(int from, int to) {
        IntStream.range(from, to).mapToObj(ListenedLog::line).forEach(this::append);
    }

    void append(String text) {
        writer.append(new PlainLine(text), Durability.WRITTEN);
    }

    static String line(int number) {
        return "line %014d".formatted(number);
    }

    static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(ListenedLog::line).toList();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited too long until " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    /** Waits until the listener was told of so many lines. */
    static void await(Ear ear, int lines) {
        await(lines + " lines were told", () -> ear.lines().size() >= lines);
    }

    /** Puts these listeners in force. */
    void listen(dev.affidavit.config.ListenerConfig... listeners) {
        listening.configure(List.of(listeners));
        listening.start(IDENTITY);
    }

    @Override
    public void close() {
        listening.close();
        writer.close();
    }
}
