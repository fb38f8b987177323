package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditForwarder to="…"/>}: where events go beside the file. The core reads it. */
@Plugin(name = "AuditForwarder", category = Core.CATEGORY_NAME, elementType = "AuditForwarder")
final class ForwarderElement {
    private ForwarderElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
