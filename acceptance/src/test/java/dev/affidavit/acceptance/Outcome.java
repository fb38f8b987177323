package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of the events of {@link AuditedApplication}: in the log, and at the rsyslog that it was forwarded to.
 *
 * @param acknowledged events whose call returned
 * @param unacknowledged events in the file whose call was cut short by a kill
 * @param lines in the file, the log's own included
 * @param received messages at rsyslog, repeats included
 * @param inOrder whether rsyslog has the lines in the file's order, repeats left out
 */
record Outcome(
        int acknowledged,
        int lines,
        int received,
        List<String> brokenLines,
        List<String> missingFromFile,
        int unacknowledged,
        List<String> twiceInFile,
        List<String> missingFromRsyslog,
        List<String> notInFile,
        boolean inOrder) {
    /** An event of the application, or one of the log's own: nothing else is a line. */
    private static final Pattern LINE =
            Pattern.compile("\\{\"id\":\"evt_\\d{19}_\\d{10}\",\"timestamp\":.*\"session_id\":\"([^\"]*)\".*}");

    static Outcome of(Ledger ledger, Path log, List<String> received) throws IOException {
        return of(ledger, LogFiles.content(log), received);
    }

    /** @param content of the log, as who may read it does */
    static Outcome of(Ledger ledger, String content, List<String> received) throws IOException {
        List<String> lines = content.lines().toList();
        List<String> broken = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                broken.add(line);
            } else if (!matcher.group(1).isEmpty()) {
                names.add(matcher.group(1));
            }
        }
        if (!content.endsWith("\n")) {
            broken.add("the last line has no end");
        }
        List<String> acknowledged = ledger.names();
        Set<String> once = new HashSet<>();
        return new Outcome(
                acknowledged.size(),
                lines.size(),
                received.size(),
                broken,
                without(acknowledged, new HashSet<>(names)),
                without(names, new HashSet<>(acknowledged)).size(),
                names.stream().filter(name -> !once.add(name)).toList(),
                without(lines, new HashSet<>(received)),
                without(received, new HashSet<>(lines)),
                received.stream().distinct().toList().equals(lines));
    }

    private static List<String> without(List<String> all, Set<String> those) {
        return all.stream().filter(each -> !those.contains(each)).toList();
    }

    /** Fails unless each acknowledged event is in the file once, and each line of the file at rsyslog, in order. */
    void requireAll() {
        if (!(brokenLines.isEmpty() && missingFromFile.isEmpty() && twiceInFile.isEmpty())) {
            throw new AssertionError("%s; broken %s; missing from the file %s; twice in it %s"
                    .formatted(this, brokenLines, missingFromFile, twiceInFile));
        }
        if (!(missingFromRsyslog.isEmpty() && notInFile.isEmpty() && inOrder)) {
            throw new AssertionError("%s; missing from rsyslog %s; only there %s; in order: %s"
                    .formatted(this, missingFromRsyslog, notInFile, inOrder));
        }
    }

    @Override
    public String toString() {
        return ("%d events acknowledged, of these %d not in the file; %d more are; %d lines in the file, of these %d not at"
                        + " rsyslog; %d messages at rsyslog, %d of them repeats")
                .formatted(
                        acknowledged,
                        missingFromFile.size(),
                        unacknowledged,
                        lines,
                        missingFromRsyslog.size(),
                        received,
                        received - (lines - missingFromRsyslog.size()));
    }
}
