package dev.affidavit.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is run again and again, each time with another fault: in a new directory, or on a log that was killed before. */
final class FaultScript {
    private static final int PROCESSORS = 2;

    private final Path directory;
    private final FaultProgram program;
    /** What each run begins with; empty for a directory that is not there. */
    private final Optional<FaultRun> before;

    private final AtomicInteger runs = new AtomicInteger();

    private FaultScript(Path directory, FaultProgram program, Optional<FaultRun> before) {
        this.directory = directory;
        this.program = program;
        this.before = before;
    }

    /** The first start of a log. */
    static FaultScript onNothing(Path directory) throws Exception {
        return new FaultScript(directory, FaultProgram.build(directory), Optional.empty());
    }

    /** A start on a log with several files, a cursor, dead letters and a torn last line. */
    static FaultScript onTornLog(Path directory) throws Exception {
        FaultProgram program = FaultProgram.build(directory);
        FaultRun first = FaultRun.in(directory.resolve("first"));
        first.run(0, program, Fault.NONE);
        first.tear();
        return new FaultScript(directory, program, Optional.of(first));
    }

    /** How often each call is made when none fails. */
    Map<String, Integer> count() throws Exception {
        return count(path -> true);
    }

    /** The same, but for what is looked at again and again as long as a run takes, which depends on the machine. */
    Map<String, Integer> countWithoutWatching() throws Exception {
        return count(path -> !path.endsWith("/log") && !path.endsWith("/holds") && !path.endsWith("/log-id"));
    }

    private Map<String, Integer> count(Predicate<String> ofPath) throws Exception {
        FaultRun run = begin();
        FaultOutcome outcome = finish(run, Fault.NONE);
        if (!outcome.violations().isEmpty()) {
            throw new AssertionError("without a fault: " + outcome.violations());
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String call : run.calls()) {
            String[] words = call.split(" ", 4);
            if (ofPath.test(words[3])) {
                counts.merge(words[1], 1, Integer::sum);
            }
        }
        remove(run);
        return counts;
    }

    /** Runs it with each of these faults. */
    List<FaultOutcome> meet(List<Fault> faults) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS);
        try {
            List<Callable<FaultOutcome>> tasks = faults.stream()
                    .map(fault -> (Callable<FaultOutcome>) () -> meet(fault))
                    .toList();
            return threads.invokeAll(tasks).stream().map(FaultScript::get).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static FaultOutcome get(Future<FaultOutcome> outcome) {
        try {
            return outcome.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private FaultOutcome meet(Fault fault) throws Exception {
        FaultRun run = begin();
        FaultOutcome outcome;
        try {
            outcome = finish(run, fault);
        } catch (AssertionError | RuntimeException e) { // it hangs, or leaves what nobody can read
            return new FaultOutcome(fault, true, FaultOutcome.How.UNAFFECTED, List.of(fault + ": " + e));
        }
        if (outcome.violations().isEmpty()) {
            remove(run);
        }
        return outcome;
    }

    private FaultRun begin() throws IOException {
        Path own = directory.resolve("run-" + runs.incrementAndGet());
        return before.isPresent() ? FaultRun.after(before.get(), own) : FaultRun.in(own);
    }

    private FaultOutcome finish(FaultRun run, Fault fault) throws IOException {
        return FaultCheck.of(run, 1, fault, run.run(1, program, fault));
    }

    private static void remove(FaultRun run) {
        try (Stream<Path> files = Files.walk(run.log().getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
