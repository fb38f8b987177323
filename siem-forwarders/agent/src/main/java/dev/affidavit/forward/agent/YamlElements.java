package dev.affidavit.forward.agent;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns the events of a YAML document into elements: the texts of a mapping are an element's values, as they were written; a
 * mapping in it, or each of a list, is an element below, named by its key. What YAML has beyond that is refused, since
 * none of it says what an option does: anchors and aliases, tags, keys that stand twice, values that are missing. Not
 * thread-safe.
 */
final class YamlElements {
    /** A configuration needs two; more must not reach the end of the stack. */
    private static final int MAX_DEPTH = 16;
    /** What YAML 1.2 takes for no value. */
    private static final Set<String> NO_VALUE = Set.of("", "~", "null", "Null", "NULL");

    private static final String WHOLE = "the file";
    private static final String LINES = "expected 'name: value' lines";
    private static final ConfigNode EMPTY = new ConfigNode("", Map.of(), List.of());

    private final Iterator<Event> events;
    private final Problems problems;
    private int depth;

    YamlElements(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /**
     * The only document.
     *
     * @throws YamlEngineException if the text is no YAML, or nested too deeply
     */
    ConfigNode document() {
        events.next(); // the stream begins
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            problems.add(WHOLE, LINES + ", found nothing");
            return EMPTY;
        }
        Event root = events.next();
        ConfigNode node = EMPTY;
        if (!(root instanceof MappingStartEvent)) {
            problem(WHOLE, LINES, root);
            skip(root);
        } else if (isPlain(WHOLE, root)) {
            node = element("", "");
        } else {
            skip(root);
        }
        events.next(); // the document ends
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            problem(WHOLE, "expected one document, found a second", next);
        }
        return node;
    }

    /** The mapping that has begun, up to its end. */
    private ConfigNode element(String name, String path) {
        Map<String, String> values = new LinkedHashMap<>();
        List<ConfigNode> children = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (!(key instanceof ScalarEvent scalar)) {
                problem(path.isEmpty() ? WHOLE : path, "expected a name before ':'", key);
                skip(key);
                skip(events.next());
                continue;
            }
            String option = scalar.getValue();
            String optionPath = path.isEmpty() ? option : path + "." + option;
            if (keys.add(option)) {
                value(option, optionPath, events.next(), values, children);
            } else {
                problem(optionPath, "stands there twice; leave one", key);
                skip(events.next());
            }
        }
        return new ConfigNode(name, values, children);
    }

    private void value(String option, String path, Event value, Map<String, String> values, List<ConfigNode> children) {
        if (!isPlain(path, value)) {
            skip(value);
        } else if (value instanceof ScalarEvent scalar) {
            if (scalar.isPlain() && NO_VALUE.contains(scalar.getValue())) {
                problem(path, "expected a value, found none", value);
            } else {
                values.put(option, scalar.getValue());
            }
        } else if (value instanceof MappingStartEvent) {
            deeper(path, value, () -> children.add(element(option, path)));
        } else {
            deeper(path, value, () -> items(option, path, children));
        }
    }

    /** The list that has begun, up to its end. */
    private void items(String option, String path, List<ConfigNode> children) {
        int index = 0;
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            String itemPath = "%s[%d]".formatted(path, index++);
            if (!(item instanceof MappingStartEvent)) {
                problem(itemPath, LINES, item);
                skip(item);
            } else if (isPlain(itemPath, item)) {
                children.add(element(option, itemPath));
            } else {
                skip(item);
            }
        }
    }

    /** Whether it is a value that stands there itself. */
    private boolean isPlain(String path, Event value) {
        boolean tagged = (value instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (value instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent());
        if (value instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problem(path, "expected a value, found an anchor or an alias; write the value itself", value);
            return false;
        }
        if (tagged) {
            problem(
                    path,
                    "expected a value, found a tag; write the value alone, in quotes if it begins with '!'",
                    value);
        }
        return !tagged;
    }

    private void skip(Event value) {
        if (value instanceof CollectionStartEvent) {
            deeper(WHOLE, value, () -> {
                for (Event next = events.next(); !isEnd(next); next = events.next()) {
                    skip(next);
                }
            });
        }
    }

    private static boolean isEnd(Event event) {
        return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
    }

    private void deeper(String path, Event begin, Runnable read) {
        if (depth == MAX_DEPTH) {
            throw new ParserException("%s is nested deeper than %d".formatted(path, MAX_DEPTH), begin.getStartMark());
        }
        depth++;
        read.run();
        depth--;
    }

    private void problem(String path, String problem, Event at) {
        problems.add(
                path,
                at.getStartMark()
                        .map(mark -> problem + ", line " + (mark.getLine() + 1))
                        .orElse(problem));
    }
}
