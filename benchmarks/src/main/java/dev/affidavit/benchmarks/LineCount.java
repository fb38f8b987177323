package dev.affidavit.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of the log files in a directory, found by reading them from beginning to end. Files and directories whose
 * names begin with a dot are not log files.
 *
 * @param events whole JSON objects of the sample's type
 * @param others whole JSON objects besides, such as what the product says of itself
 * @param broken lines that are no JSON object from end to end, or have no end
 * @param firstEvent the first of {@code events}; empty if there is none
 */
record LineCount(long events, long others, long broken, String firstEvent) {
    private static final byte[] TYPE =
            ("\"event_type\":\"" + SampleEvent.TYPE + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES = 1024 * 1024;

    static LineCount of(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.getFileName().toString().endsWith(".log"))
                    .sorted()
                    .toList();
            Scan scan = new Scan();
            for (Path file : files) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
                    scan.read(in);
                }
            }
            return new LineCount(scan.events, scan.others, scan.broken, scan.firstEvent);
        }
    }

    /** Cuts bytes into lines and tells them apart. */
    private static final class Scan {
        private final byte[] line = new byte[MAX_LINE_BYTES];
        private long events;
        private long others;
        private long broken;
        private String firstEvent = "";

        void read(InputStream in) throws IOException {
            byte[] chunk = new byte[BUFFER_BYTES];
            int length = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    if (chunk[i] == '\n') {
                        take(length);
                        length = 0;
                    } else {
                        line[Math.min(length, MAX_LINE_BYTES - 1)] = chunk[i];
                        length++;
                    }
                }
            }
            if (length > 0) {
                broken++;
            }
        }

        private void take(int length) {
            if (length < 2 || length > MAX_LINE_BYTES || line[0] != '{' || line[length - 1] != '}') {
                broken++;
            } else if (!contains(length, TYPE)) {
                others++;
            } else {
                events++;
                if (events == 1) {
                    firstEvent = new String(line, 0, length, StandardCharsets.UTF_8);
                }
            }
        }

        private boolean contains(int length, byte[] part) {
            for (int at = 0; at <= length - part.length; at++) {
                if (line[at] == part[0] && Arrays.equals(line, at, at + part.length, part, 0, part.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
