package dev.affidavit.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One element of a framework's configuration: its name, its texts and its children, in order, as they were written and
 * with the framework's own substitutions done.
 */
public record ConfigNode(String name, Map<String, String> values, List<ConfigNode> children) {
    public ConfigNode {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        children = List.copyOf(children);
    }

    /** The texts are secrets perhaps: only names are shown. */
    @Override
    public String toString() {
        return name + values.keySet() + children;
    }
}
