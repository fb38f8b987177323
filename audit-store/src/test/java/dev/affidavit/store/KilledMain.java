package dev.affidavit.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A process that appends until it is killed, or its standard input ends. Its standard output is the ledger: what it begins,
 * and an acknowledgement of each call that returned, each in one system call.
 */
final class KilledMain {
    static final int THREADS = 4;

    private final FileOutputStream ledger = new FileOutputStream(FileDescriptor.out);
    private final CompletableFuture<LogWriter> opened = new CompletableFuture<>();
    private final Path directory;
    private final int round;
    private final long seed;
    private final KillKind kind;

    private KilledMain(Path directory, int round, long seed, KillKind kind) {
        this.directory = directory;
        this.round = round;
        this.seed = seed;
        this.kind = kind;
    }

    /** Arguments: the log, the number of the round, a seed, the kind. */
    public static void main(String[] arguments) throws Exception {
        new KilledMain(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Long.parseLong(arguments[2]),
                        KillKind.valueOf(arguments[3]))
                .run();
    }

    private void run() throws IOException {
        say(KillLedger.OPENING);
        LogListener listener =
                new ReportingListener(report -> opened.join().appendReport(TextLine.of(report), Durability.WRITTEN));
        LogWriter log = LogWriter.open(kind.options(directory), listener, kind.environment(new TellingDisk()));
        opened.complete(log);
        say(KillLedger.OPENED);
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            start(() -> append(log, thread, new Random(seed + thread)));
        }
        kind.cursors().forEach(cursor -> start(() -> forward(log, cursor)));
        while (System.in.read() >= 0) {
            // until the end
        }
        say(KillLedger.CLOSING);
        log.close();
        say(KillLedger.CLOSED);
    }

    private void say(String text) {
        try {
            ledger.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (LogClosedException e) {
                // As it should be.
            } catch (Throwable e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(3);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void append(LogWriter log, int thread, Random random) {
        for (int i = 0; ; i++) {
            // Long lines too: the kernel may stop within one when it kills the process.
            int length = random.nextInt(300) == 0 ? 50_000 + random.nextInt(200_000) : 40 + random.nextInt(400);
            String text = KilledLine.text(round, thread, i, length);
            log.append(TextLine.padded(text, length), i % 50 == 49 ? Durability.SYNCED : kind.durability());
            say("%d %d".formatted(thread, i));
        }
    }

    /** Reads, makes sure that what was read is on the device, and remembers the place. */
    private void forward(LogWriter log, String cursor) {
        Cursors cursors = Cursors.of(directory);
        Position position = cursors.read(cursor).orElse(null);
        try (LogReader reader =
                position == null ? LogReader.fromOldest(directory) : LogReader.from(directory, position)) {
            while (true) {
                if (reader.read(200, 1 << 20).isEmpty()) {
                    log.sync();
                } else {
                    reader.force();
                    cursors.write(cursor, reader.position().orElseThrow());
                }
            }
        }
    }

    /** Says which segments it has begun. */
    private final class TellingDisk extends PassingDisk {
        TellingDisk() {
            super(new RealDisk());
        }

        @Override
        public SegmentFile create(Path file, Set<PosixFilePermission> mode) throws IOException {
            SegmentFile created = super.create(file, mode);
            String name = file.getFileName().toString();
            SegmentName.parse(name).ifPresent(segment -> say(KillLedger.SEGMENT + name));
            return created;
        }
    }
}
