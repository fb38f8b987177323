package dev.affidavit.testkit.appender;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An engine that forwards nothing and remembers what it was asked to run. */
public final class StubEngine implements ForwardingEngine {
    private static final List<String> RUNNING = new CopyOnWriteArrayList<>();

    /** The names of the forwarders that run. */
    public static List<String> running() {
        return List.copyOf(RUNNING);
    }

    @Override
    public Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch) {
        Stub started = new Stub();
        started.change(log, forwarders);
        return started;
    }

    /** Runs nothing. */
    private static final class Stub implements Forwarding {
        private List<String> names = List.of();

        @Override
        public List<ForwarderStatistics> statistics() {
            return List.of();
        }

        @Override
        public void change(LogIdentity log, List<ForwarderConfig> forwarders) {
            close();
            names = forwarders.stream().map(ForwarderConfig::name).toList();
            RUNNING.addAll(names);
        }

        @Override
        public void close() {
            names.forEach(RUNNING::remove);
            names = List.of();
        }
    }
}
