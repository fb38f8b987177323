package dev.affidavit.acceptance;

import dev.affidavit.store.Durability;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.Ext4;
import dev.affidavit.testkit.TextLine;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** An application with its log on a file system of its own, a receiver elsewhere, and somebody who cuts the power. */
final class PowerRun {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long FILE_SYSTEM_BYTES = 32 << 20;
    /** For all that many short lives write: on a busy machine none is long enough to seal it, and retention waits for that. */
    private static final long ROOMY_BYTES = 4 * FILE_SYSTEM_BYTES;

    private static final long BACKED_BYTES = 6 << 20;
    private static final int NO_LIMIT = 100_000;
    private static final int THREADS = 4;
    private static final int PAUSE_MICROS = 300;
    private static final int BUFFER_SIZE = 100;
    private static final long LONGEST_NANOS = Duration.ofMillis(300).toNanos();
    private static final String LINE = "{\"id\":\"evt_9999999999999999999_9999999999\",\"event_type\":\"AUDIT_X\"}";

    private final Framework framework;
    private final Path directory;
    private final RandomGenerator random;
    /** Which event of a thread is CRITICAL; 0 for none. */
    private final int criticalEvery;

    private final String flushInterval;

    PowerRun(Framework framework, Path directory, RandomGenerator random, int criticalEvery, String flushInterval) {
        this.framework = framework;
        this.directory = directory;
        this.random = random;
        this.criticalEvery = criticalEvery;
        this.flushInterval = flushInterval;
    }

    /** One application; each cut is made on a copy of what the device has at a moment, and the application goes on. */
    void copy(int cuts, PowerTally tally) throws Exception {
        try (Ext4 disk = Ext4.make(directory.resolve("copied"), FILE_SYSTEM_BYTES);
                SyslogReceiver receiver = SyslogReceiver.start()) {
            PowerWitness witness = new PowerWitness(receiver, tally);
            Path log = disk.directory().resolve("log");
            try (ChildJvm child = start(log, receiver, 0)) {
                awaitEvents(0, child);
                for (int cut = 0; cut < cuts; cut++) {
                    live(LONGEST_NANOS);
                    boolean lull = cut % 10 == 9;
                    if (lull) {
                        awaitLull(child);
                    }
                    witness.see(LogFiles.in(log));
                    child.suspend();
                    witness.see(LogFiles.in(log));
                    try (Ext4 cutOff = disk.copy(directory.resolve("cut"))) {
                        PowerLedger ledger = PowerLedger.read(ledger(0));
                        int before = tally.lost;
                        DeviceLog found = witness.examine(cutOff.directory().resolve("log"), ledger, 0, false);
                        if (lull && tally.lost - before >= BUFFER_SIZE) {
                            witness.wrong("lost %d events though none came for long".formatted(tally.lost - before));
                        }
                        goOn(cutOff.directory().resolve("log"), found, witness);
                        cutOff.unmount();
                    }
                    child.resume();
                    child.say(PowerApplication.GO);
                }
                endWell(child, log, 0, witness, tally);
            }
        }
    }

    /** Many applications on one file system; each ends with a power cut in the middle of whatever it does. */
    void shutDown(int cuts, PowerTally tally) throws Exception {
        try (Ext4 disk = Ext4.make(directory.resolve("shut-down"), ROOMY_BYTES);
                SyslogReceiver receiver = SyslogReceiver.start()) {
            PowerWitness witness = new PowerWitness(receiver, tally);
            Path log = disk.directory().resolve("log");
            for (int run = 0; run < cuts; run++) {
                try (ChildJvm child = start(log, receiver, run)) {
                    if (run % 10 != 9) { // or while it starts
                        awaitEvents(run, child);
                    }
                    live(2 * LONGEST_NANOS);
                    if (Files.isDirectory(log)) {
                        witness.see(LogFiles.in(log));
                    }
                    disk.shutDown(child);
                    child.kill();
                }
                disk.unmount();
                disk.mount();
                PowerLedger ledger = PowerLedger.read(ledger(run));
                tally.acknowledged += ledger.acknowledged();
                tally.synced += ledger.synced().size();
                witness.examine(log, ledger, run, true);
            }
            try (ChildJvm child = start(log, receiver, cuts)) {
                awaitEvents(cuts, child);
                endWell(child, log, cuts, witness, tally);
            }
        }
    }

    /** An application that fills a device which has less room than it says, so that a force fails for good. */
    void fill(PowerTally tally) throws Exception {
        try (Ext4 disk = Ext4.overcommitted(directory.resolve("overcommitted"), 2 * FILE_SYSTEM_BYTES, BACKED_BYTES);
                SyslogReceiver receiver = SyslogReceiver.start()) {
            PowerWitness witness = new PowerWitness(receiver, tally);
            Path log = disk.directory().resolve("log");
            try (ChildJvm child = start(log, receiver, 0, NO_LIMIT)) {
                Deadline.await(
                        "every caller is told", SOON, () -> ledgerOf(0).refused() == THREADS || !child.isAlive());
                if (!child.isAlive()) {
                    throw new AssertionError("the application ended by itself: " + Files.readString(errors()));
                }
            }
            disk.unmount();
            disk.memory().resize(4 * FILE_SYSTEM_BYTES);
            disk.mount();
            PowerLedger ledger = PowerLedger.read(ledger(0));
            tally.acknowledged += ledger.acknowledged();
            tally.synced += ledger.synced().size();
            DeviceLog found = witness.examine(log, ledger, 0, true);
            goOn(log, found, witness);
        }
    }

    private ChildJvm start(Path log, SyslogReceiver receiver, int run) throws IOException {
        return start(log, receiver, run, 4);
    }

    private ChildJvm start(Path log, SyslogReceiver receiver, int run, int maxFiles) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("bufferSize", Integer.toString(BUFFER_SIZE));
        options.put("flushInterval", flushInterval);
        options.put("rotationInterval", "2s");
        options.put("diskReserve", "64KB");
        options.put("diskWarning", "0B");
        return framework
                .application(PowerApplication.class, directory, log, "48KB", options, receiver.port())
                .option("-Dacceptance.maxFiles=" + maxFiles)
                .option("-Xmx128m")
                .argument(run)
                .argument(THREADS)
                .argument(criticalEvery)
                .argument(PAUSE_MICROS)
                .start(ledger(run), errors());
    }

    private Path ledger(int run) {
        return directory.resolve("ledger-" + run);
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private void awaitEvents(int run, ChildJvm child) throws IOException {
        Deadline.await("an event of run " + run, SOON, () -> ledgerOf(run).acknowledged() > 0 || !child.isAlive());
        if (!child.isAlive()) {
            throw new AssertionError("the application ended by itself: " + Files.readString(errors()));
        }
    }

    private PowerLedger ledgerOf(int run) {
        try {
            return PowerLedger.read(ledger(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void live(long longest) {
        long end = System.nanoTime() + random.nextLong(longest);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Nobody records anything, and the log says itself that it has forced all that it must. */
    private void awaitLull(ChildJvm child) {
        child.say(PowerApplication.PAUSE);
        long[] before = {ledger(0).toFile().length(), System.nanoTime()};
        Deadline.await("a lull", SOON, () -> {
            long length = ledger(0).toFile().length();
            if (length != before[0]) {
                before[0] = length;
                before[1] = System.nanoTime();
            }
            long lag = ledgerOf(0).lag();
            return System.nanoTime() - before[1] > LONGEST_NANOS / 3 && lag >= 0 && lag < BUFFER_SIZE;
        });
    }

    /** Opens what the cut left, writes to it, and opens it again. */
    private static void goOn(Path log, DeviceLog found, PowerWitness witness) throws IOException {
        LogOptions options = SealCheck.options(log);
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            if (writer.recovery().isPresent() != found.torn()) {
                witness.wrong("torn: %s, and found %s".formatted(found.torn(), writer.recovery()));
            }
            if (writer.warnings().isEmpty() == found.tornBefore()) {
                witness.wrong("warns of " + writer.warnings());
            }
            writer.append(TextLine.of(LINE), Durability.SYNCED);
        }
        DeviceLog after = DeviceLog.read(log);
        int lines = found.lines().size();
        if (after.lines().size() != lines + 1
                || !after.lines().subList(0, lines).equals(found.lines())
                || !after.lines().get(lines).equals(LINE)
                || after.torn()) {
            witness.wrong("does not go on: %d lines, then %d"
                    .formatted(lines, after.lines().size()));
        }
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            if (writer.recovery().isPresent()) {
                witness.wrong("recovered again: " + writer.recovery());
            }
        }
        if (!SealCheck.unsealed(log).isEmpty()) {
            witness.wrong("not all is sealed: " + SealCheck.unsealed(log));
        }
    }

    /** Stops the application as it should be, and looks once more: now nothing of this run is missing anywhere. */
    private void endWell(ChildJvm child, Path log, int run, PowerWitness witness, PowerTally tally) throws Exception {
        child.closeInput();
        child.awaitExit(SOON);
        PowerLedger ledger = PowerLedger.read(ledger(run));
        tally.acknowledged += ledger.acknowledged();
        tally.synced += ledger.synced().size();
        int lost = tally.lost;
        DeviceLog found = witness.examine(log, ledger, run, true);
        tally.cuts--;
        if (tally.lost > lost || found.torn()) {
            witness.wrong("lost in a life that ended well: %d, torn: %s".formatted(tally.lost - lost, found.torn()));
        }
    }
}
