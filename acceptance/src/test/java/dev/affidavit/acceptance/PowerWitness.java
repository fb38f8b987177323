package dev.affidavit.acceptance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.testkit.syslog.SyslogMessage;
import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows of one log what must be on the device, and looks after a power cut whether it is: what callers were told, what the
 * receiver has, what was there after an earlier cut.
 */
final class PowerWitness {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern NAME = Pattern.compile("run(\\d+)-thread(\\d+)-event(\\d+)z");
    private static final Pattern REMOVED = Pattern.compile("\"name\":\"(security_audit_[^\"]*\\.log)\"");
    /** Nothing of this kind has happened before the power was cut. */
    private static final Set<String> ALARMS =
            Set.of("AUDIT_FORCE_FAILED", "AUDIT_EVENTS_LOST", "AUDIT_DISK_FULL", "AUDIT_DISK_LOW", "AUDIT_LOG_TAMPER");

    private final SyslogReceiver receiver;
    private final PowerTally tally;

    /** By id, which increases from line to line. */
    private final TreeMap<String, String> received = new TreeMap<>();

    private int messagesSeen;
    /** Lines that were on the device after an earlier cut, by id. */
    private final TreeMap<String, String> durable = new TreeMap<>();

    private final Set<String> durableSegments = new HashSet<>();
    private final TreeSet<String> segmentsSeen = new TreeSet<>();
    private final Set<String> recoveries = new HashSet<>();
    private int torn;

    PowerWitness(SyslogReceiver receiver, PowerTally tally) {
        this.receiver = receiver;
        this.tally = tally;
    }

    /** Notes the files that are there before the cut, and which of them the limits have already removed. */
    void see(List<Path> files) {
        files.forEach(file -> segmentsSeen.add(file.getFileName().toString()));
    }

    /**
     * Looks at what a power cut left.
     *
     * @param run the number of the run that it ended
     * @param goesOn whether the log lives on from here: what is there now must be there for ever
     */
    DeviceLog examine(Path log, PowerLedger ledger, int run, boolean goesOn) throws Exception {
        DeviceLog found = DeviceLog.read(log);
        if (!SealCheck.damage(log).isEmpty()) {
            wrong("looks damaged: " + SealCheck.damage(log));
        }
        takeMessages();
        TreeMap<String, String> lines = new TreeMap<>();
        Map<String, String> idOfName = new HashMap<>();
        Map<Integer, Integer> last = new HashMap<>();
        for (String line : found.lines()) {
            examineLine(line, lines, idOfName, last, run);
        }
        String oldest = lines.isEmpty() ? "" : lines.firstKey();
        Set<String> pruned = new HashSet<>(idOfName.keySet());
        received.headMap(oldest).values().forEach(line -> names(line).ifPresent(pruned::add));

        missing(ledger.synced(), pruned).forEach(name -> {
            tally.syncedMissing++;
            wrong("acknowledged as synced and missing: " + name);
        });
        missing(ledger.forced(), pruned)
                .forEach(name -> wrong("written before a force that ended, and missing: " + name));
        examineInvented(last, ledger, run);
        received.tailMap(oldest, true).forEach((id, line) -> {
            if (!line.equals(lines.get(id))) {
                wrong("the receiver has a line that the file has not: " + line);
            }
        });
        durable.tailMap(oldest, true).forEach((id, line) -> {
            if (!line.equals(lines.get(id))) {
                wrong("was on the device after an earlier cut: " + line);
            }
        });
        examineSegments(found, lines);
        examineCursor(log, found);
        tally(ledger, missing(ledger.unforced(), pruned).size(), found);
        if (goesOn) {
            durable.putAll(lines);
            durableSegments.addAll(found.segments());
            torn += found.torn() ? 1 : 0;
        }
        return found;
    }

    private void tally(PowerLedger ledger, int lost, DeviceLog found) {
        tally.cuts++;
        tally.lost += lost;
        tally.mostLost = Math.max(tally.mostLost, lost);
        tally.mostAtRisk = Math.max(tally.mostAtRisk, ledger.unforced().size());
        tally.mostBehind = Math.max(tally.mostBehind, ledger.behind());
        tally.torn += found.torn() ? 1 : 0;
    }

    private void takeMessages() {
        List<SyslogMessage> messages = receiver.messages();
        for (SyslogMessage message : messages.subList(messagesSeen, messages.size())) {
            String line = message.text();
            received.put(id(line), line);
            tally.received++;
        }
        messagesSeen = messages.size();
        receiver.violations().forEach(this::wrong);
    }

    private void examineLine(
            String line,
            NavigableMap<String, String> lines,
            Map<String, String> idOfName,
            Map<Integer, Integer> last,
            int run) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            wrong("no line: " + line);
            return;
        }
        String id = event.path("id").asText();
        if (!lines.isEmpty() && id.compareTo(lines.lastKey()) <= 0) {
            wrong("out of order, or twice: " + line);
        }
        lines.put(id, line);
        String name = event.path("session_id").asText();
        String type = event.path("event_type").asText();
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(3));
            if (idOfName.put(name, id) != null) {
                wrong("twice: " + line);
            }
            if (!event.path("description").asText().equals(PowerApplication.description(number))) {
                wrong("changed: " + line);
            }
            if (Integer.parseInt(matcher.group(1)) == run) {
                last.merge(Integer.parseInt(matcher.group(2)), number, Math::max);
            }
        } else if (!name.isEmpty() || !type.startsWith("AUDIT_")) {
            wrong("invented: " + line);
        } else if (ALARMS.contains(type)) {
            wrong("a false alarm: " + line);
        } else if (type.equals("AUDIT_LOG_RECOVERED") && recoveries.add(id) && recoveries.size() > torn) {
            wrong("says that it was recovered, and nothing was torn: " + line);
        }
    }

    private static List<String> missing(List<String> names, Set<String> found) {
        return names.stream().filter(name -> !found.contains(name)).toList();
    }

    private static Optional<String> names(String line) {
        Matcher matcher = NAME.matcher(line);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** A thread has at most one event in the log whose call has not returned. */
    private void examineInvented(Map<Integer, Integer> last, PowerLedger ledger, int run) {
        Map<Integer, Integer> acknowledged = new HashMap<>();
        for (List<String> names : List.of(ledger.synced(), ledger.forced(), ledger.unforced())) {
            for (String name : names) {
                Matcher matcher = NAME.matcher(name);
                if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != run) {
                    throw new IllegalStateException("not an event of run " + run + ": " + name);
                }
                acknowledged.merge(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), Math::max);
            }
        }
        last.forEach((thread, number) -> {
            if (number > acknowledged.getOrDefault(thread, -1) + 1) {
                wrong("event %d of thread %d of run %d was never begun".formatted(number, thread, run));
            }
        });
    }

    /** No file is gone without a line that says so, unless it was not yet on the device. */
    private void examineSegments(DeviceLog found, Map<String, String> lines) {
        if (found.segments().isEmpty()) {
            durableSegments.forEach(segment -> wrong("gone: " + segment));
            return;
        }
        Set<String> recorded = new HashSet<>();
        for (Map<String, String> known : List.of(lines, received)) {
            known.values().stream()
                    .filter(line -> line.contains("\"AUDIT_LOG_PRUNED\""))
                    .forEach(line -> REMOVED.matcher(line).results().forEach(name -> recorded.add(name.group(1))));
        }
        Set<String> expected = new TreeSet<>(durableSegments);
        expected.addAll(segmentsSeen.headSet(found.segments().get(0)));
        found.segments().forEach(expected::remove);
        expected.removeAll(recorded);
        expected.forEach(segment -> wrong("removed without a record on the device: " + segment));
    }

    private void examineCursor(Path log, DeviceLog found) {
        if (CursorCheck.exists(log)) {
            tally.cursors++;
            CursorCheck.problem(log, found.segments()).ifPresent(this::wrong);
        }
    }

    /** What else is not as it should be. */
    void wrong(String problem) {
        tally.violations.add("%s, cut %d: %s".formatted(tally.name, tally.cuts, problem));
    }

    private static String id(String line) {
        int begin = line.indexOf("\"id\":\"") + 6;
        return line.substring(begin, line.indexOf('"', begin));
    }
}
