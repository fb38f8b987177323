package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.SampleLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The same events twice: as a log of the product, and as one file for whoever reads files.
 *
 * @param logId of the log
 * @param bytes of all lines
 */
record Source(Path log, String logId, Path file, int events, long bytes) {

    /** Writes both below an existing directory. */
    static Source write(Path directory, int events) throws IOException {
        Path file = directory.resolve("events.json");
        try (BufferedWriter out = Files.newBufferedWriter(file);
                SampleLog log = SampleLog.in(directory.resolve("log"))) {
            for (int i = 0; i < events; i++) {
                String event = SampleLog.event(i);
                log.append(event);
                out.write(event);
                out.write('\n');
            }
            out.flush();
            return new Source(log.directory(), log.id(), file, events, Files.size(file));
        }
    }
}
