package dev.affidavit.testkit.witness;

import dev.affidavit.config.WitnessConfig;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.WitnessChange;
import dev.affidavit.spi.WitnessState;
import dev.affidavit.spi.WitnessStatistics;
import dev.affidavit.store.Durability;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.SealOptions;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.TextLine;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Verification;
import dev.affidavit.witness.Witnessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sealed log of the product, each checkpoint of which goes to witnesses. */
final class WitnessedLog implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofMillis(20);

    /** So that no two logs have the same lines. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final LogWriter writer;
    private final Witnessing witnessing;
    private final List<String> anchors = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<WitnessChange> changes = new CopyOnWriteArrayList<>();

    private WitnessedLog(Path directory, int maxFiles) {
        LogOptions options = LogOptions.in(directory)
                .maxSegmentBytes(1024)
                .maxSegments(maxFiles)
                .seal(new SealOptions("payments.example.com/audit", Duration.ofMillis(1), Duration.ofHours(1)))
                .build();
        this.writer = LogWriter.open(options, new LogListener() {
            @Override
            public void anchor(String checkpoint) {
                anchors.add(checkpoint);
            }
        });
        this.witnessing = new Witnessing(writer.directory(), new Status(), changes::add, RETRY, RETRY.multipliedBy(4));
    }

    static WitnessedLog open(Path directory) {
        return new WitnessedLog(directory, 1000);
    }

    static WitnessedLog open(Path directory, int maxFiles) {
        return new WitnessedLog(directory, maxFiles);
    }

    WitnessedLog cosignedBy(FakeWitness... witnesses) throws Exception {
        return cosignedBy(LIMIT, witnesses);
    }

    WitnessedLog cosignedBy(Duration timeout, FakeWitness... witnesses) throws Exception {
        List<WitnessConfig> configs = new ArrayList<>();
        for (FakeWitness witness : witnesses) {
            configs.add(new WitnessConfig(WitnessKey.parse(witness.key()), witness.url(), timeout));
        }
        witnessing.configure(configs);
        return this;
    }

    String logKey() {
        return writer.sealPins().orElseThrow().logKey().toString();
    }

    String origin() {
        return writer.sealPins().orElseThrow().logKey().name();
    }

    /** Fills the file, and gives witnesses the last checkpoint of it. How many lines that is over. */
    long fillFile() {
        int before = anchors.size();
        long rotations = writer.statistics().rotations();
        while (writer.statistics().rotations()
                == rotations) { // and no further: retention could remove what was not read
            writer.append(
                    TextLine.of("line %100d of writer %d".formatted(writer.written(), number)), Durability.SYNCED);
        }
        await("the file is sealed", () -> anchors.size() > before);
        String anchor = anchors.get(anchors.size() - 1);
        witnessing.offer(anchor);
        return Long.parseLong(anchor.lines().skip(1).findFirst().orElseThrow());
    }

    WitnessStatistics statistics() {
        return witnessing.statistics().get(0);
    }

    void awaitCosigned(long size) {
        await(size + " lines are cosigned", () -> statistics().cosigned() == size);
    }

    void awaitState(WitnessState state) {
        await(
                "the witness is " + state,
                () -> !witnessing.statistics().isEmpty() && statistics().state() == state);
    }

    void await(String what, BooleanSupplier condition) {
        try {
            Deadline.await(what, LIMIT, condition);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + witnessing.statistics() + changes + errors, e);
        }
    }

    /** What was told. */
    List<WitnessChange> changes() {
        return List.copyOf(changes);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    int files() throws IOException {
        try (Stream<Path> files = Files.list(writer.directory())) {
            return (int) files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }

    Verification verified(FakeWitness witness) throws Exception {
        return LogVerifier.of(writer.directory())
                .witnessedBy(List.of(WitnessKey.parse(witness.key())))
                .verify();
    }

    @Override
    public void close() {
        witnessing.close();
        writer.close();
    }

    private final class Status implements FrameworkStatus {
        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {
            errors.add(message);
        }

        @Override
        public void error(String message, @Nullable Throwable cause) {
            errors.add(message);
        }
    }
}
