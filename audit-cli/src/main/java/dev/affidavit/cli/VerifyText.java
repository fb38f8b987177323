package dev.affidavit.cli;

import dev.affidavit.verify.Verdict;
import dev.affidavit.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a verification found as lines for a person: the verdict, the findings, and what was looked at. */
final class VerifyText {
    private VerifyText() {}

    /** May hold what others wrote: to be shown as single lines. */
    static List<String> of(Verification verification, VerifyReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s".formatted(words(verification.verdict()), meaning(verification.verdict())));
        verification.findings().forEach(finding -> lines.add("  %s: %s".formatted(words(finding.verdict()), finding)));
        Columns facts = new Columns();
        facts.add("log", report.logName() == null ? "unknown" : report.logName());
        facts.add("directory", report.directory());
        facts.add("lines", count(report.lines()) + begin(report));
        facts.add("sealed", count(report.sealed()));
        facts.add("unsealed", count(report.unsealed()));
        facts.add("files", "%s, %s".formatted(count(report.files()), Quantity.bytes(report.bytes())));
        facts.add("seals", "%s, with %s statements".formatted(count(report.seals()), count(report.statements())));
        for (Verification.Witnessed seen : verification.witnessed()) {
            facts.add(
                    "witness",
                    "%s saw %s lines at %s".formatted(seen.witness().name(), count(seen.size()), seen.time()));
        }
        if (report.checkpointsGiven() > 0) {
            facts.add(
                    "checkpoints",
                    "%s given, agree up to line %s"
                            .formatted(count(report.checkpointsGiven()), count(report.anchored())));
        }
        if (report.eventsGiven() > 0) {
            facts.add(
                    "events", "%s given, %s found".formatted(count(report.eventsGiven()), count(report.eventsFound())));
        }
        if (report.forwarder() != null) {
            facts.add(report.forwarder(), stored(report));
        }
        lines.addAll(facts.lines());
        return lines;
    }

    private static String stored(VerifyReport report) {
        return report.storedEnd() == 0
                ? "has no line of the log"
                : "has lines from %d to %d; %s behind them not, or not yet"
                        .formatted(
                                report.storedFrom(),
                                report.storedEnd() - 1,
                                count(report.lines() - report.storedEnd()));
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case PRUNED -> "the oldest files were removed by retention";
            case ANCHORED -> "all lines are sealed, and what was kept elsewhere is in them";
            case SEALED -> "all lines are sealed; that there were none behind them, the files alone cannot tell";
            case UNSEALED_TAIL ->
                "nothing speaks against the log; its last lines are not sealed: it is being written, crashed or was cut";
            case NOT_STORED -> "the log has events that the destination lacks, between others that it has";
            case KEY_UNKNOWN -> "whose seals these are is not known: give the keys that were kept when the log began";
            case SEAL_MISSING -> "there is no seal where one has to be";
            case TRUNCATED -> "lines are gone from the end";
            case ROLLED_BACK -> "the log is another than the one that was seen elsewhere";
            case TAMPERED -> "something is not what was sealed, or not sealed by who had to";
        };
    }

    private static String words(Verdict verdict) {
        return VerifyReport.name(verdict).replace('_', ' ');
    }

    /** Whether those before it were pruned, or their seals are gone, is for the findings to say. */
    private static String begin(VerifyReport report) {
        return report.firstLine() == 0 ? "" : ", looked at from line %d on".formatted(report.firstLine());
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
