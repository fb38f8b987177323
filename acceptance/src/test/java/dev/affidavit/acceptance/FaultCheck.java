package dev.affidavit.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogReader;
import dev.affidavit.store.LogWriter;
import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks, after a run of {@link FaultApplication}, whether every promise was kept. */
final class FaultCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLED = 128 + 9;
    /** Says that an event may be in the file whose caller was told that it is not recorded. */
    private static final String PERHAPS_THERE = "line written";

    private static final Set<String> ALARMS = Set.of("AUDIT_FORCE_FAILED", "AUDIT_EVENTS_LOST", "AUDIT_DISK_FULL");

    private final FaultRun run;
    private final int number;
    private final Fault fault;
    private final List<String> violations = new ArrayList<>();

    private final List<String> acknowledged = new ArrayList<>();
    private final Map<String, String> told = new HashMap<>();
    private final TreeMap<String, String> lines = new TreeMap<>();
    private final Map<String, String> delivered = new HashMap<>();
    private boolean stopped;
    private boolean alarmed;

    private FaultCheck(FaultRun run, int number, Fault fault) {
        this.run = run;
        this.number = number;
        this.fault = fault;
    }

    /** @param exit the status with which the process ended */
    static FaultOutcome of(FaultRun run, int number, Fault fault, int exit) throws IOException {
        return new FaultCheck(run, number, fault).check(exit);
    }

    private FaultOutcome check(int exit) throws IOException {
        boolean met = run.calls().stream().anyMatch(call -> call.startsWith(fault.kind() + " "));
        readLedger();
        boolean killed = met && fault.kind().kills();
        require(exit == (killed ? KILLED : 0), "ended with status " + exit);
        require(stopped || killed, "did not come to its end");
        if (!Files.exists(run.log())) {
            require(acknowledged.isEmpty(), "there is no log");
        } else {
            reopen(killed);
            readNotebook();
            checkLines(killed);
            checkDelivery();
        }
        if (!met || fault.kind().isHarmless()) {
            require(told.isEmpty(), "told of a fault that is none: " + told);
            require(!alarmed, "raised an alarm for a fault that is none");
        }
        told.values()
                .forEach(message -> require(
                        met && fault.kind().said().stream().anyMatch(message::contains),
                        "a message without the cause: " + message));
        boolean opened = acknowledged.stream().anyMatch(this::isOfThisRun);
        require(
                opened
                        || told.values().stream()
                                .allMatch(message -> message.contains(run.log().toString())),
                "messages that do not say where: " + told);
        return new FaultOutcome(fault, met, how(killed), List.copyOf(violations));
    }

    private boolean isOfThisRun(String name) {
        return name.startsWith("run" + number + "-");
    }

    private FaultOutcome.How how(boolean killed) throws IOException {
        if (killed) {
            return FaultOutcome.How.RECOVERED;
        } else if (!told.isEmpty()) {
            return FaultOutcome.How.TOLD;
        }
        return alarmed || run.errors().stream().anyMatch(FaultCheck::tellsOfAFault)
                ? FaultOutcome.How.SAID
                : FaultOutcome.How.UNAFFECTED;
    }

    /** What every run is told, fault or not, is none. */
    private static boolean tellsOfAFault(String line) {
        return (line.contains(" ERROR ") || line.contains(" WARN "))
                && !line.contains("refuses an event")
                && !line.contains("an unfinished last line was cut off");
    }

    private void readLedger() throws IOException {
        for (String line : Files.readAllLines(run.ledger(), StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", 3);
            if (line.startsWith(FaultApplication.RECORDED)) {
                acknowledged.add(words[1]);
            } else if (line.startsWith(FaultApplication.TOLD)) {
                told.put(words[1], words[2]);
            }
            stopped = line.equals(FaultApplication.STOPPED);
        }
    }

    /** As the next start does it: it needs nobody's help, cuts off what is torn and nothing else. */
    private void reopen(boolean killed) throws IOException {
        LogOptions options = SealCheck.options(run.log());
        require(SealCheck.damage(run.log()).isEmpty(), "looks damaged: " + SealCheck.damage(run.log()));
        DeviceLog found = DeviceLog.read(run.log());
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            require(
                    writer.recovery().isPresent() == found.torn(),
                    "torn: %s, found %s".formatted(found.torn(), writer.recovery()));
            require(
                    !found.torn() || killed || fault.kind().said().isPresent(),
                    "left a torn line behind: " + writer.recovery());
            require(writer.warnings().isEmpty() || found.tornBefore(), "warns of " + writer.warnings());
        } catch (StoreException e) {
            violations.add("cannot be opened again: " + e);
        }
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE)) {
            require(writer.recovery().isEmpty(), "recovered again: " + writer.recovery());
        } catch (StoreException e) {
            violations.add("cannot be opened a second time: " + e);
        }
        require(SealCheck.unsealed(run.log()).isEmpty(), "not all is sealed: " + SealCheck.unsealed(run.log()));
    }

    private void readNotebook() throws IOException {
        String text = Files.exists(run.notebook()) ? Files.readString(run.notebook(), StandardCharsets.UTF_8) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            delivered.put(parse(line).path("id").asText(), line);
        }
    }

    private void checkLines(boolean killed) {
        List<String> order = new ArrayList<>();
        try (LogReader reader = LogReader.fromOldest(run.log())) {
            for (String line : CursorCheck.lines(reader)) {
                JsonNode event = parse(line);
                String id = event.path("id").asText();
                require(lines.isEmpty() || id.compareTo(lines.lastKey()) > 0, "out of order, or twice: " + line);
                lines.put(id, line);
                checkEvent(event, order);
            }
        }
        Set<String> there = new HashSet<>(order);
        require(there.size() == order.size(), "twice: " + order);
        String oldest = lines.isEmpty() ? "" : lines.firstKey();
        for (Map.Entry<String, String> line : delivered.entrySet()) {
            if (line.getKey().compareTo(oldest) < 0) {
                there.add(parse(line.getValue()).path("session_id").asText());
            }
        }
        addDeadLetters(there);
        acknowledged.forEach(name -> require(there.contains(name), "acknowledged and missing: " + name));
        List<String> kept = order.stream().filter(acknowledged::contains).toList();
        require(kept.equals(acknowledged.stream().filter(kept::contains).toList()), "not in order: " + kept);
        List<String> others =
                order.stream().filter(name -> !acknowledged.contains(name)).toList();
        others.forEach(name -> require(
                killed || told.getOrDefault(name, "").contains(PERHAPS_THERE),
                "its caller was told that it is not recorded: %s, %s".formatted(name, told.get(name))));
        require(!killed || others.size() <= 1 + told.size(), "more than one event under way: " + others);
    }

    /** What is refused for good, and removed from the log later, is there. */
    private void addDeadLetters(Set<String> there) {
        for (int each = number - 1; each <= number; each++) {
            String unwelcome = EventName.of(each, 0, FaultApplication.UNWELCOME);
            if (deadLetters().contains(unwelcome)) {
                there.add(unwelcome);
            }
        }
    }

    private String deadLetters() {
        try {
            Path file = run.log().resolve(".affidavit").resolve("dead-letters").resolve("soc.jsonl");
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkEvent(JsonNode event, List<String> order) {
        String name = event.path("session_id").asText();
        String type = event.path("event_type").asText();
        alarmed |= ALARMS.contains(type);
        if (name.isEmpty()) {
            require(type.startsWith("AUDIT_"), "invented: " + event);
            return;
        }
        order.add(name);
        int at = Integer.parseInt(name.replaceAll(".*event(\\d+)z", "$1"));
        require(event.path("description").asText().equals(FaultApplication.description(at)), "changed: " + event);
    }

    private void checkDelivery() {
        String oldest = lines.isEmpty() ? "" : lines.firstKey();
        delivered.forEach((id, line) -> require(
                id.compareTo(oldest) < 0 || line.equals(lines.get(id)), "delivered and not in the log: " + line));
        try {
            List<String> segments = DeviceLog.read(run.log()).segments();
            CursorCheck.problem(run.log(), segments).ifPresent(violations::add);
            String unwelcome = EventName.of(number, 0, FaultApplication.UNWELCOME);
            boolean settled = lines.values().stream().anyMatch(line -> line.contains(unwelcome))
                    && CursorCheck.ahead(run.log()).stream().noneMatch(line -> line.contains(unwelcome));
            require(!settled || deadLetters().contains(unwelcome), "passed over, and no dead letter: " + unwelcome);
        } catch (StoreException e) {
            violations.add("the cursor cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            violations.add("no line: " + line);
            return JSON.createObjectNode();
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            violations.add(problem);
        }
    }
}
