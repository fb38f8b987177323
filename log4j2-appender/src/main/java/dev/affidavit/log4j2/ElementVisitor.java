package dev.affidavit.log4j2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.visitors.AbstractPluginVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Takes all attributes and children of a node, with Log4j's substitutions done, and leaves it none: what Log4j finds
 * left over it only complains of, and a child whose plugin does not exist makes it fail. Public for Log4j, which makes it.
 */
public final class ElementVisitor extends AbstractPluginVisitor<WholeElement> {
    public ElementVisitor() {
        super(WholeElement.class);
    }

    @Override
    public Object visit(Configuration configuration, Node node, @Nullable LogEvent event, StringBuilder log) {
        Map<String, String> values = new LinkedHashMap<>();
        node.getAttributes()
                .forEach((name, text) -> values.put(name, String.valueOf(substitutor.replace(event, text))));
        Element element = Element.of(node, values, annotation.filterable());
        node.getAttributes().clear();
        node.getChildren().clear();
        log.append(element.config());
        return element;
    }
}
