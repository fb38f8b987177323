package dev.affidavit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A crash of a recorded scenario.
 *
 * @param steps how many steps were done
 * @param torn what was done of the next one; null if nothing
 * @param known the files by the names that they had before the crash
 * @param what says which crash it is, for a person who repeats it
 */
record CrashPoint(
        CrashScenario scenario,
        Recording recording,
        int steps,
        Step.@Nullable Written torn,
        Map<String, Integer> known,
        CrashImage image,
        Crash crash,
        CrashLedger ledger,
        Instant at,
        String what) {

    /** What tells apart the crashes that need a check of their own. */
    long identity() {
        int required = ledger.required(crash).mapToInt(String::hashCode).sum();
        long acknowledged = ledger.required(Crash.KILL).count(); // it decides how many are lost
        return ((long) image.hashCode() << Integer.SIZE) + required + 31 * acknowledged + (crash == Crash.KILL ? 1 : 0);
    }

    void check(Path scratch) throws IOException {
        Path directory = Files.createTempDirectory(scratch, "left").toRealPath();
        try {
            new CrashedLog(image, crash, ledger, scenario::options, scenario.lossBound(), at).check(directory);
        } catch (AssertionError | RuntimeException e) {
            Path kept = Files.createTempDirectory("affidavit-crash");
            image.writeTo(kept);
            throw new AssertionError("%s: %s. What the crash left is in %s".formatted(what, e, kept), e);
        }
        CrashImage.delete(directory);
    }

    /** What opening the log again does to the disk, and to who appends a line then. */
    Recovered recover(Path scratch) throws IOException {
        TestLog.FakeClock clock = new TestLog.FakeClock();
        clock.set(at);
        Path directory = Files.createTempDirectory(scratch, "recovered").toRealPath();
        image.writeTo(directory);
        Map<String, Integer> files;
        Recording recovery;
        if (crash == Crash.KILL) {
            recovery = recording.before(steps, clock);
            if (torn != null) {
                recovery.add(torn);
            }
            files = known;
        } else {
            recovery = new Recording(clock);
            files = new TreeMap<>();
            image.files().forEach((name, content) -> files.put(name, recovery.place(name, content.bytes())));
            recovery.add(new Step.PowerCut());
            acknowledgeWhatIsLeft(recovery);
        }
        int from = recovery.moments().size();
        try (CrashRun run =
                new CrashRun(directory, recovery, files, clock, scenario::options, "next", new SplittableRandom())) {
            run.open();
            run.acknowledgeWhatWasRecovered();
            run.append(100, Durability.WRITTEN);
            run.append(100, Durability.SYNCED);
        }
        CrashImage.delete(directory);
        return new Recovered(recovery, from);
    }

    private void acknowledgeWhatIsLeft(Recording recovery) {
        ledger.begun().forEach(line -> recovery.add(new Step.Begun(line)));
        Set<String> left = new HashSet<>();
        image.segments()
                .forEach(segment ->
                        CrashLedger.text(image.bytes(segment)).lines().forEach(left::add));
        ledger.required(crash)
                .filter(left::contains)
                .forEach(line -> recovery.add(new Step.Acknowledged(line, Durability.SYNCED)));
    }

    /** @param from the first step that is not one before the crash */
    record Recovered(Recording recording, int from) {}
}
