package dev.affidavit.log4j2;

import dev.affidavit.config.ConfigNode;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/** The element {@code <AuditEncryption key="…" keyId="…"/>}: with which key the log is encrypted. The core reads it. */
@Plugin(name = "AuditEncryption", category = Core.CATEGORY_NAME, elementType = "AuditEncryption")
final class EncryptionElement {
    private EncryptionElement() {}

    @PluginFactory
    static ConfigNode create(@WholeElement Element element) {
        return element.config();
    }
}
