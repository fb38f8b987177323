package dev.affidavit.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The element of a configuration that says with which keys a log is encrypted, as Log4j and Logback have it.
 *
 * @param secret refers to what opens the store of the current key; null if it is in none
 * @param old the keys before, which decrypt alone
 */
record KeyElements(NewKey current, @Nullable String secret, List<KeyReference> old) {
    /** For whoever knows it to fill in. */
    private static final String UNKNOWN = "…";

    List<String> log4j() {
        List<String> lines = new ArrayList<>();
        lines.add("<AuditEncryption%s>".formatted(attributes(current.id(), current.reference(), secret)));
        old.forEach(
                key -> lines.add("  <AuditOldKey%s/>".formatted(attributes(key.id(), key.reference(), secret(key)))));
        lines.add("</AuditEncryption>");
        return lines;
    }

    List<String> logback() {
        List<String> lines = new ArrayList<>();
        lines.add("<auditEncryption>");
        addElements(lines, "  ", current.id(), current.reference(), secret);
        for (KeyReference key : old) {
            lines.add("  <auditOldKey>");
            addElements(lines, "    ", key.id(), key.reference(), secret(key));
            lines.add("  </auditOldKey>");
        }
        lines.add("</auditEncryption>");
        return lines;
    }

    private static @Nullable String secret(KeyReference key) {
        return key.isStore() ? UNKNOWN : null;
    }

    private static String attributes(String id, String reference, @Nullable String secret) {
        return " keyId=\"%s\" key=\"%s\"%s"
                .formatted(
                        escaped(id),
                        escaped(reference),
                        secret == null ? "" : " secret=\"%s\"".formatted(escaped(secret)));
    }

    private static void addElements(
            List<String> lines, String indent, String id, String reference, @Nullable String secret) {
        lines.add("%s<keyId>%s</keyId>".formatted(indent, escaped(id)));
        lines.add("%s<key>%s</key>".formatted(indent, escaped(reference)));
        if (secret != null) {
            lines.add("%s<secret>%s</secret>".formatted(indent, escaped(secret)));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
