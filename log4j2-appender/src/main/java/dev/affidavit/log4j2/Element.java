package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.config.Node;
import org.jspecify.annotations.Nullable;

/**
 * What an element of the configuration says.
 *
 * @param config its options, and the elements below it but for filters
 * @param filter Log4j's own; null if there is none
 * @param problems what the core would not see
 */
record Element(ConfigNode config, @Nullable Filter filter, List<String> problems) {
    /**
     * Reads the node.
     *
     * @param values the attributes, substituted
     * @param filterable whether the element may hold a filter
     */
    static Element of(Node node, Map<String, String> values, boolean filterable) {
        List<ConfigNode> children = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Node child : node.getChildren()) {
            Object built = child.getObject();
            if (built instanceof ConfigNode config) {
                children.add(config);
            } else if (filterable && built instanceof Filter filter) {
                filters.add(filter);
            } else if (filterable && built == null && isFilter(child)) {
                problems.add(child.getName() + ": Log4j could not build this filter; its own messages say why");
            } else {
                children.add(new ConfigNode(child.getName(), new LinkedHashMap<>(child.getAttributes()), List.of()));
            }
        }
        if (filters.size() > 1) {
            problems.add("more than one filter: put them into one <Filters> element");
        }
        return new Element(
                new ConfigNode(node.getName(), values, children), filters.isEmpty() ? null : filters.get(0), problems);
    }

    private static boolean isFilter(Node node) {
        return node.getType() != null
                && Filter.class.isAssignableFrom(node.getType().getPluginClass());
    }
}
