package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditSeal origin="…"/>}: how the log is sealed. The core reads it. */
@Plugin(name = "AuditSeal", category = Core.CATEGORY_NAME, elementType = "AuditSeal")
final class SealElement {
    private SealElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
