package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditOldKey key="…" keyId="…"/>} in that of the encryption: a key that decrypts alone. The core reads it. */
@Plugin(name = "AuditOldKey", category = Core.CATEGORY_NAME, elementType = "AuditOldKey")
final class OldKeyElement {
    private OldKeyElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
