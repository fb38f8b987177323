package dev.affidavit.forward;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.LogIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The forwarders of one log. Thread-safe. */
final class Forwarders implements Forwarding {
    private final Path directory;
    private final Supplier<Decrypter> decryption;
    private final FrameworkStatus status;
    private final ForwarderWatch watch;
    private final Surroundings surroundings;
    private final StopLimits stopLimits;

    /** Held while forwarders start and stop, which may take 2 s. */
    private final ReentrantLock changing = new ReentrantLock();
    /** Replaced as a whole, under the lock; read without it. */
    private volatile List<Forwarder> running = List.of();

    Forwarders(
            Path directory,
            Supplier<Decrypter> decryption,
            FrameworkStatus status,
            ForwarderWatch watch,
            Surroundings surroundings,
            StopLimits stopLimits) {
        this.directory = directory;
        this.decryption = decryption;
        this.status = status;
        this.watch = watch;
        this.surroundings = surroundings;
        this.stopLimits = stopLimits;
    }

    @Override
    public List<ForwarderStatistics> statistics() {
        return running.stream().map(Forwarder::statistics).toList();
    }

    @Override
    public void change(LogIdentity log, List<ForwarderConfig> configs) {
        changing.lock();
        try {
            List<Forwarder> before = running;
            stop(before.stream()
                    .filter(forwarder -> configs.stream().noneMatch(config -> forwarder.isFor(log, config)))
                    .toList());
            List<Forwarder> now = new ArrayList<>(before.stream()
                    .filter(forwarder -> configs.stream().anyMatch(config -> forwarder.isFor(log, config)))
                    .toList());
            running = List.copyOf(now); // if one cannot be started, those before it must be found
            for (ForwarderConfig config : configs) {
                if (of(now, log, config).isEmpty()) {
                    now.add(Forwarder.start(new Job(directory, log, decryption, config, status, watch), surroundings));
                    running = List.copyOf(now);
                }
            }
            running = configs.stream()
                    .map(config -> of(now, log, config).orElseThrow())
                    .toList();
        } finally {
            changing.unlock();
        }
    }

    private static Optional<Forwarder> of(List<Forwarder> forwarders, LogIdentity log, ForwarderConfig config) {
        return forwarders.stream()
                .filter(forwarder -> forwarder.isFor(log, config))
                .findFirst();
    }

    @Override
    public void close() {
        changing.lock();
        try {
            stop(running);
        } finally {
            changing.unlock();
        }
    }

    private void stop(List<Forwarder> forwarders) {
        forwarders.forEach(Forwarder::requestStop);
        List<Forwarder> busy = stillRunningAfter(stopLimits.lastDeliveries(), forwarders);
        busy.forEach(Forwarder::beginNoMore);
        List<Forwarder> late = stillRunningAfter(stopLimits.lastAnswer(), busy);
        late.forEach(Forwarder::cut);
        stillRunningAfter(stopLimits.cut(), late).forEach(Forwarder::abandon);
    }

    private static List<Forwarder> stillRunningAfter(Duration limit, List<Forwarder> forwarders) {
        long end = System.nanoTime() + limit.toNanos();
        return forwarders.stream()
                .filter(forwarder -> !forwarder.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime()))))
                .toList();
    }
}
