package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditWitness url="…" key="…"/>} in that of the seal: who cosigns it. The core reads it. */
@Plugin(name = "AuditWitness", category = Core.CATEGORY_NAME, elementType = "AuditWitness")
final class WitnessElement {
    private WitnessElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
