package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditListener provider="…"/>}: whom events are told. The core reads it. */
@Plugin(name = "AuditListener", category = Core.CATEGORY_NAME, elementType = "AuditListener")
final class ListenerElement {
    private ListenerElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
