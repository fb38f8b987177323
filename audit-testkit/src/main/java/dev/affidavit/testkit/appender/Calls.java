package dev.affidavit.testkit.appender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.AuditException;
import dev.affidavit.AuditLogger;
import dev.affidavit.AuditMarkers;
import dev.affidavit.EventType;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log calls, each of an event with a name of its own, and what came of each. Thread-safe. */
final class Calls {
    /** Whose calls. */
    enum Caller {
        AUDIT_LOGGER,
        PLAIN_LOGGER
    }

    /** More than a machine that stands still for a while needs to record behind a queue. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AuditLogger audit;
    /** Of the framework as it is now: one that was shut down and started again has other loggers. */
    private final Logger plain = LoggerFactory.getLogger("app");

    private final AtomicInteger made = new AtomicInteger();
    private final Queue<String> returned = new ConcurrentLinkedQueue<>();
    private final Map<String, String> threw = new ConcurrentHashMap<>();

    Calls() {
        this(AuditLogger.get("security").withReceiptTimeout(PATIENCE));
    }

    /** @param audit whom {@link Caller#AUDIT_LOGGER} calls */
    Calls(AuditLogger audit) {
        this.audit = audit;
    }

    /**
     * A call that was made.
     *
     * @param name of its event
     * @param message of what it threw; empty if it returned
     */
    record Made(String name, String message) {}

    /** Makes a call; the description has so many characters. */
    Made make(Caller caller, int characters) {
        String name = "%s-%d".formatted(caller, made.incrementAndGet());
        AuditException failure = Outcomes.failureOf(() -> log(caller, name, "x".repeat(characters)));
        if (failure == null) {
            returned.add(name);
            return new Made(name, "");
        }
        String message = String.valueOf(failure.getMessage());
        threw.put(name, message);
        return new Made(name, message);
    }

    private void log(Caller caller, String name, String description) {
        switch (caller) {
            case AUDIT_LOGGER ->
                audit.record(
                        EventType.AUTH_SUCCESS, event -> event.username(name).description(description));
            case PLAIN_LOGGER ->
                plain.atInfo()
                        .addMarker(AuditMarkers.of(EventType.AUTH_SUCCESS))
                        .addKeyValue("username", name)
                        .log(description);
        }
    }

    int made() {
        return made.get();
    }

    int threw() {
        return threw.size();
    }

    /** Checks that the log has every event whose call returned, once, and no other. */
    void requireAllThatReturned(LogFile log) {
        Set<String> recorded = requireOnce(log);
        require("in the log though its call threw", threw.keySet(), recorded, true);
        require("not in the log though its call returned", returned, recorded, false);
    }

    /** Checks that the log has no event twice and none whose call threw, and says how many of the others it has not. */
    void requireTheRestSaidLost(LogFile log) {
        int missing = requireAtMostOnce(log);
        int said = saidLost(log);
        if (missing != said) {
            throw new AssertionError("%d calls, %d threw, %d returned and are not in the log, %d said to be lost"
                    .formatted(made.get(), threw.size(), missing, said));
        }
    }

    /**
     * Checks that the log has no event twice and none whose call threw.
     *
     * @return how many of those are missing whose call returned
     */
    int requireAtMostOnce(LogFile log) {
        Set<String> recorded = requireOnce(log);
        require("in the log though its call threw", threw.keySet(), recorded, true);
        return (int) returned.stream().filter(name -> !recorded.contains(name)).count();
    }

    /** How many events the log says were lost. */
    static int saidLost(LogFile log) {
        return log.own("AUDIT_EVENTS_LOST").stream()
                .mapToInt(event -> event.at("/details/count").intValue())
                .sum();
    }

    private static Set<String> requireOnce(LogFile log) {
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        String last = "";
        for (JsonNode event : log.all()) {
            String id = event.get("id").textValue();
            if (!ids.add(id) || id.compareTo(last) < 0) {
                throw new AssertionError("id %s comes after %s".formatted(id, last));
            }
            last = id;
            String name = event.get("username").textValue();
            if (!name.isEmpty() && !names.add(name)) {
                throw new AssertionError("recorded twice: " + event);
            }
        }
        return names;
    }

    private static void require(String what, Collection<String> names, Set<String> recorded, boolean isBadIfThere) {
        List<String> bad = new TreeSet<>(names)
                .stream()
                        .filter(name -> recorded.contains(name) == isBadIfThere)
                        .toList();
        if (!bad.isEmpty()) {
            throw new AssertionError("%s: %s".formatted(what, bad));
        }
    }
}
