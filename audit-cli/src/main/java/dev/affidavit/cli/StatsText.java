package dev.affidavit.cli;

import dev.affidavit.store.LegalHold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stock as lines for a person at a terminal. */
final class StatsText {
    private static final String UNKNOWN = "unknown";
    private static final String NONE = "none";

    private final LogStats stats;
    private final Columns facts = new Columns();

    private StatsText(LogStats stats) {
        this.stats = stats;
    }

    /** May hold what others wrote: to be shown as single lines. */
    static List<String> of(LogStats stats) {
        return new StatsText(stats).lines();
    }

    private List<String> lines() {
        fact("log", orUnknown(stats.logId()));
        fact("directory", stats.directory());
        fact("writer", stats.writer() == null ? UNKNOWN : stats.writer() ? "has it open" : NONE);
        size();
        fact("disk", stats.usableBytes() == null ? UNKNOWN : Quantity.bytes(stats.usableBytes()) + " usable");
        fact("legal holds", stats.legalHolds().stream().map(StatsText::text).toList());
        mishaps();
        if (stats.forwarders().isEmpty()) {
            fact("forwarders", NONE);
        }
        List<String> lines = new ArrayList<>(facts.lines());
        lines.addAll(forwarders());
        stats.forwarders().stream()
                .filter(forwarder -> forwarder.problem() != null)
                .forEach(forwarder -> lines.add("forwarder %s: %s".formatted(forwarder.name(), forwarder.problem())));
        stats.warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private void size() {
        fact("files", "%s, %s".formatted(count(stats.segments()), Quantity.bytes(stats.bytes())));
        if (stats.oldestSegment() != null) {
            fact("oldest", "%s, event of %s".formatted(stats.oldestSegment(), orUnknown(stats.oldestEvent())));
            fact("newest", "%s, event of %s".formatted(stats.newestSegment(), orUnknown(stats.newestEvent())));
        }
        if (stats.lines() != null) {
            Long encrypted = stats.encryptedLines();
            fact(
                    "lines",
                    count(stats.lines())
                            + (encrypted == null || encrypted == 0
                                    ? ""
                                    : ", %s of them encrypted".formatted(count(encrypted))));
        }
        if (stats.timesEncrypted()) {
            fact(
                    "encrypted",
                    "times that are missing here stand in encrypted lines; tell their keys with --decryption-key");
        }
    }

    /** Shown only if there are any. */
    private void mishaps() {
        if (stats.unfinishedBytes() != null && stats.unfinishedBytes() > 0) {
            fact(
                    "unfinished",
                    "%s behind the last line; %s"
                            .formatted(
                                    Quantity.bytes(stats.unfinishedBytes()),
                                    Boolean.TRUE.equals(stats.writer())
                                            ? "it may be being written"
                                            : "the next start cuts it off and keeps it aside"));
        }
        stats.unrecordedTornTails()
                .forEach(tail -> fact(
                        "torn tail",
                        "%s cut off %s at byte %d, kept at %s; the next start records it"
                                .formatted(
                                        Quantity.bytes(tail.bytes()), tail.segment(), tail.offset(), tail.keptAt())));
        stats.refusedSegments()
                .forEach(segment -> fact(
                        "refused",
                        segment + ": the device refused to force it; its last lines were copied to a later file"));
    }

    private List<String> forwarders() {
        Columns columns = new Columns();
        if (!stats.forwarders().isEmpty()) {
            columns.add("");
            columns.add("forwarder", "behind", "files", "age", "oldest undelivered", "dead letters", "cursor");
        }
        for (ForwarderStats forwarder : stats.forwarders()) {
            columns.add(
                    forwarder.name(),
                    forwarder.lagBytes() == null ? UNKNOWN : Quantity.bytes(forwarder.lagBytes()),
                    forwarder.lagSegments() == null ? UNKNOWN : count(forwarder.lagSegments()),
                    forwarder.lagSeconds() == null ? UNKNOWN : Quantity.seconds(forwarder.lagSeconds()),
                    forwarder.oldestUndelivered() == null ? "-" : forwarder.oldestUndelivered(),
                    deadLetters(forwarder),
                    forwarder.segment() == null
                            ? NONE
                            : "%s byte %d".formatted(forwarder.segment(), forwarder.offset()));
        }
        return columns.lines();
    }

    private static String deadLetters(ForwarderStats forwarder) {
        String letters = forwarder.deadLetters() == null ? UNKNOWN : count(forwarder.deadLetters());
        Long waiting = forwarder.waitingDeadLetters();
        return waiting == null || waiting == 0 ? letters : "%s, %s waiting".formatted(letters, count(waiting));
    }

    private static String text(LegalHold hold) {
        return hold.reason().isEmpty() ? hold.name() : "%s: %s".formatted(hold.name(), hold.reason());
    }

    private void fact(String name, String text) {
        facts.add(name, text);
    }

    private void fact(String name, List<String> texts) {
        facts.add(name, texts.isEmpty() ? NONE : texts.get(0));
        texts.stream().skip(1).forEach(text -> facts.add("", text));
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
