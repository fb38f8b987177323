package dev.affidavit.benchmarks;

import dev.affidavit.store.SealOptions;
import dev.affidavit.store.SealPins;
import dev.affidavit.verify.LogVerifier;
import dev.affidavit.verify.Pins;
import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** What {@code benchmarks/seals} measures. */
final class SealCosts implements Costs<SealCosts.Repetition> {
    private static final SealOptions SEAL = SealOptions.of("benchmark");

    private final RawHash raw = RawHash.sha256();

    /**
     * All of it once.
     *
     * @param lines one hash for each line
     * @param written with seals and without
     * @param files one hash for each file
     */
    record Repetition(Cost lines, Beside written, Cost files, Cost verified) {}

    private SealCosts() {}

    public static void main(String[] args) throws Exception {
        System.exit(command(System.out, System.err).run(List.of(args)));
    }

    static CostsCommand<Repetition> command(PrintStream out, PrintStream progress) {
        return new CostsCommand<>(
                "seals",
                "Measures what a seal costs for each event, and how fast a log is verified, beside SHA-256 of the same bytes.",
                2_000_000,
                new SealCosts(),
                out,
                progress);
    }

    @Override
    public Repetition measure(Path logs, byte[] line, long events)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        Cost lines = raw.ofLines(line, events);
        WrittenLog.Lines same = WrittenLog.Lines.same(line);
        Beside written = Beside.of(
                threads -> WrittenLog.write(Files.createTempDirectory(logs, "sealed-"), same, events, threads, SEAL)
                        .cost(),
                threads -> WrittenLog.write(Files.createTempDirectory(logs, "plain-"), same, events, threads, null)
                        .cost());
        WrittenLog log = WrittenLog.write(Files.createTempDirectory(logs, "verified-"), same, events, 1, SEAL);
        Cost files = raw.ofFiles(log.segments(), events);
        return new Repetition(lines, written, files, verify(log));
    }

    private static Cost verify(WrittenLog log) throws IOException {
        SealPins keys = Objects.requireNonNull(log.pins());
        Pins pins = new Pins(List.of(keys.logKey(), Objects.requireNonNull(keys.firstEpoch())));
        ThreadClock clock = ThreadClock.start();
        Verification verification =
                LogVerifier.of(log.directory()).pinned(pins).threads(1).verify();
        Cost cost = clock.stop(log.cost().events(), log.cost().bytes());
        if (verification.verdict() != Verdict.SEALED || verification.counts().unsealed() > 0) {
            throw new IllegalStateException(log.directory() + ": expected a sealed log, found " + verification);
        }
        return cost;
    }

    @Override
    public String markdown(Repetitions<Repetition> repetitions) {
        return Beside.rates("seals", repetitions, Repetition::written)
                + "\n"
                + Beside.difference(
                        "seal",
                        "one SHA-256 of the line",
                        repetitions,
                        Repetition::written,
                        one -> one.lines().cpuMicrosPerEvent())
                + "\n| | verified | SHA-256 of the files | ratio |\n|---|--:|--:|--:|\n"
                + repetitions.row(
                        "MB per CPU second",
                        "%,.0f",
                        one -> one.verified().megabytesPerCpuSecond(),
                        one -> one.files().megabytesPerCpuSecond());
    }
}
