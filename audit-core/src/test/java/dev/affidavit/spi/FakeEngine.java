package dev.affidavit.spi;

import dev.affidavit.config.ForwarderConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Notes what is started and stopped, and does what a test hooks in. */
public final class FakeEngine implements ForwardingEngine {
    /** {@code start [names]} and {@code close [names]}, since {@link #reset}. */
    public static final List<String> CALLS = new CopyOnWriteArrayList<>();

    private static volatile Runnable onStart = () -> {};
    private static volatile Runnable onChange = () -> {};
    private static volatile Runnable onClose = () -> {};
    private static volatile ForwarderWatch lastWatch = ForwarderWatch.NONE;

    public static void reset() {
        CALLS.clear();
        onStart = () -> {};
        onChange = () -> {};
        onClose = () -> {};
    }

    public static void onStart(Runnable hook) {
        onStart = hook;
    }

    public static void onChange(Runnable hook) {
        onChange = hook;
    }

    /** What the forwarders started last tell of their states. */
    public static ForwarderWatch watch() {
        return lastWatch;
    }

    public static void onClose(Runnable hook) {
        onClose = hook;
    }

    @Override
    public Forwarding start(
            Path logDirectory,
            LogIdentity log,
            Supplier<Decrypter> decryption,
            List<ForwarderConfig> forwarders,
            FrameworkStatus status,
            ForwarderWatch watch) {
        String names = forwarders.stream().map(ForwarderConfig::name).toList().toString();
        CALLS.add("start " + names);
        lastWatch = watch;
        onStart.run();
        return new Forwarding() {
            @Override
            public List<ForwarderStatistics> statistics() {
                return forwarders.stream()
                        .map(one -> new ForwarderStatistics(
                                one.name(),
                                log.logId(),
                                ForwarderState.DELIVERING,
                                Instant.EPOCH,
                                true,
                                7,
                                2,
                                5,
                                0.5,
                                4096,
                                Duration.ofMillis(3250),
                                "a hawk"))
                        .toList();
            }

            @Override
            public void change(LogIdentity identity, List<ForwarderConfig> configs) {
                CALLS.add(
                        "change " + configs.stream().map(ForwarderConfig::name).toList());
                onChange.run();
            }

            @Override
            public void close() {
                CALLS.add("close " + names);
                onClose.run();
            }
        };
    }
}
