package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Ports;
import dev.affidavit.testkit.splunk.FakeSplunkProgram;
import dev.affidavit.testkit.splunk.HecSetup;
import java.nio.file.Path;
import java.util.Map;

/** The fake of Splunk, in a process of its own: no figure of it says anything of Splunk's own speed. */
record SplunkTarget(ChildJvm process, int port, GrowingLines indexed) implements Receiver {
    private static final String TOKEN = "benchmarks.token";

    static SplunkTarget in(Path directory) {
        int port = Ports.free();
        Path indexed = directory.resolve("indexed");
        ChildJvm process = ChildJvm.of(FakeSplunkProgram.class)
                .argument(port)
                .argument(indexed)
                .start(directory.resolve("output"), directory.resolve("errors"));
        return new SplunkTarget(process, port, new GrowingLines(indexed));
    }

    @Override
    public Map<String, String> options() {
        return Map.of("to", "splunk-hec", "url", "http://localhost:" + port, "token", "sys:" + TOKEN);
    }

    @Override
    public Map<String, String> systemProperties() {
        return Map.of(TOKEN, HecSetup.TOKEN);
    }

    @Override
    public long count() {
        return indexed.count();
    }

    @Override
    public void close() {
        process.close();
    }
}
