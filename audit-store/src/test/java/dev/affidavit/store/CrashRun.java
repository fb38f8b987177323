package dev.affidavit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A log that is written on a recorded disk, by callers whose calls are recorded too. */
final class CrashRun implements Closeable {
    final FaultyDisk faults = new FaultyDisk();
    final Path directory;
    final RandomGenerator random;
    final TestLog.FakeClock clock;
    final RecordingDisk disk;

    private final Recording recording;
    private final Function<Path, LogOptions> options;
    private final String name;
    private final AtomicInteger lines = new AtomicInteger();
    private final LogListener listener = new ReportingListener(this::report);
    private volatile @Nullable LogWriter log;

    /**
     * @param known the files of {@code directory} that the recording has already
     * @param name makes its lines other than those of other runs
     */
    CrashRun(
            Path directory,
            Recording recording,
            Map<String, Integer> known,
            TestLog.FakeClock clock,
            Function<Path, LogOptions> options,
            String name,
            RandomGenerator random) {
        this.directory = directory;
        this.recording = recording;
        this.clock = clock;
        this.disk = new RecordingDisk(faults, directory, recording, clock, known);
        this.options = options;
        this.name = name;
        this.random = random;
    }

    void open() {
        open(options.apply(directory));
    }

    void openUnsealed() {
        open(options.apply(directory).withSeal(null));
    }

    private void open(LogOptions with) {
        recording.add(new Step.Opening());
        log = LogWriter.open(with, listener, TestLog.environment(disk, clock, new LineTree()));
        recording.add(new Step.Opened());
    }

    LogWriter log() {
        return Objects.requireNonNull(log);
    }

    /** Appends a line of the next number. */
    void append(int length, Durability durability) {
        int number = lines.getAndIncrement();
        String text = "%s %d ".formatted(name, number);
        String letter = Character.toString('a' + number % 26); // so that parts of two lines never make a third
        String line = text + letter.repeat(Math.max(1, length - text.length()));
        recording.add(new Step.Begun(line));
        log().append(TextLine.of(line), durability);
        recording.add(new Step.Acknowledged(line, durability));
    }

    private void report(String text) {
        String line = text + " of " + name;
        recording.add(new Step.Begun(line));
        log().appendReport(TextLine.of(line), Durability.WRITTEN);
        recording.add(new Step.Acknowledged(line, Durability.WRITTEN));
    }

    /** Waits until no force is due. */
    void awaitForces() {
        awaitForces(log().options().forceAfterLines());
    }

    /** Waits until fewer lines than that are not forced. */
    void awaitForces(int unforced) {
        Threads.await("forces", () -> {
            LogStatistics now = log().statistics();
            return now.written() - now.forced() < unforced || now.failed() != null;
        });
    }

    /** Says that what can be read now is on the device: opening a log forces all of it. */
    void acknowledgeWhatWasRecovered() {
        try (LogReader reader = LogReader.fromOldest(directory)) {
            CrashedLog.texts(reader).stream()
                    .filter(line -> line.indexOf('\0') < 0)
                    .forEach(line -> recording.add(new Step.Acknowledged(line, Durability.SYNCED)));
        }
    }

    /** Reads on as a forwarder does, and remembers how far it came. */
    void forward(String cursor, int count) throws IOException {
        Cursors cursors = Cursors.of(directory);
        Position from = cursors.read(cursor).orElse(null);
        try (LogReader reader = from == null ? LogReader.fromOldest(directory) : LogReader.from(directory, from)) {
            if (!reader.read(count, Integer.MAX_VALUE).isEmpty()) {
                reader.force();
                cursors.write(cursor, reader.position().orElseThrow());
                disk.wasReplaced(directory.resolve(".affidavit/cursors/" + cursor + ".cursor"));
            }
        }
    }

    @Override
    public void close() {
        try {
            log().close();
        } catch (StoreException e) {
            if (log().statistics().failed() == null) {
                throw e;
            }
        }
    }
}
