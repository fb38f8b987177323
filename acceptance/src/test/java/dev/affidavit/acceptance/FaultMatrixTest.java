package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.affidavit.testkit.RequiresProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each system call of a scripted run that touches the log, and each fault that it can meet: promises hold, or callers are told. */
@RequiresProgram("gcc")
final class FaultMatrixTest {
    /** Of the faults, names between commas; all by default. */
    private static final List<String> KINDS = Arrays.asList(System.getProperty(
                    "affidavit.faults",
                    String.join(
                            ",",
                            Arrays.stream(Fault.Kind.values()).map(Enum::name).toList()))
            .split(","));

    private static final String TORN_LOG = "torn log";

    private static final List<String> CALLS =
            List.of(System.getProperty("affidavit.calls", "").split(","));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    @Timeout(900)
    void shouldKeepPromisesOrTellForSomeFaults() throws Exception {
        FaultScript script = FaultScript.onTornLog(directory);
        Map<String, Integer> counts = script.countWithoutWatching(); // so that each run makes more than a third of them
        List<Fault> faults = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            faults.add(new Fault("write", third(counts, "write"), kind));
        }
        for (String call : List.of("openat", "fdatasync", "fsync", "ftruncate", "rename", "unlink")) {
            faults.add(new Fault(call, third(counts, call), Fault.Kind.EIO));
        }

        List<FaultOutcome> outcomes = script.meet(faults);

        assertThat(outcomes).allMatch(FaultOutcome::met);
        assertNoViolations(outcomes);
    }

    @Tag("campaign")
    @Timeout(3600)
    @ParameterizedTest
    @ValueSource(strings = {"openat", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "mkdir"})
    void shouldKeepPromisesOrTellForEachCallOnATornLog(String call) throws Exception {
        assumeTrue(isWanted(call));
        meetAll(TORN_LOG, call, FaultScript.onTornLog(directory));
    }

    @Tag("campaign")
    @Timeout(3600)
    @ParameterizedTest
    @ValueSource(strings = {"openat", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "mkdir"})
    void shouldKeepPromisesOrTellForEachCallInANewDirectory(String call) throws Exception {
        assumeTrue(isWanted(call));
        meetAll("new", call, FaultScript.onNothing(directory));
    }

    private static boolean isWanted(String call) {
        return CALLS.contains("") || CALLS.contains(call);
    }

    private static void meetAll(String name, String call, FaultScript script) throws Exception {
        int count = script.count().getOrDefault(call, 0);
        // A new log has nothing to cut off, and an old one its directories.
        boolean isNeverMade = call.equals(name.equals(TORN_LOG) ? "mkdir" : "ftruncate");
        assertThat(count > 0).as("%s is called", call).isNotEqualTo(isNeverMade);
        List<Fault> faults = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            for (int at = 1; at <= count && kind.meets(call) && KINDS.contains(kind.name()); at++) {
                faults.add(new Fault(call, at, kind));
            }
        }
        List<FaultOutcome> outcomes = script.meet(faults);
        FaultMatrix.add(name + " " + call, outcomes);
        System.out.println(FaultMatrix.table());
        assertNoViolations(outcomes);
        // Not each: threads take turns as they like, and the last calls of a run may not be made.
        assertThat(outcomes.stream().filter(FaultOutcome::met).count()).isGreaterThanOrEqualTo(outcomes.size() / 2);
    }

    private static void assertNoViolations(List<FaultOutcome> outcomes) {
        assertThat(outcomes.stream()
                        .filter(outcome -> !outcome.violations().isEmpty())
                        .map(outcome -> outcome.fault() + ": " + outcome.violations()))
                .isEmpty();
    }

    /** Two runs at a time make fewer batches, and so fewer calls, than the one that was counted. */
    private static int third(Map<String, Integer> counts, String call) {
        return (counts.getOrDefault(call, 0) + 2) / 3;
    }
}
