package dev.affidavit.benchmarks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where it was measured, in words. */
record Machine(int cores, String processor, String memory, String kernel, String jdk, String fileSystem) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    /** @param directory where the logs go; it exists */
    static Machine of(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                firstValue(PROCESSORS, "model name"),
                firstValue(MEMORY, "MemTotal"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                store.type() + " on " + store.name());
    }

    private static String firstValue(Path file, String key) throws IOException {
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
