package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The id of a key, and where it is: {@code ID=REFERENCE}. */
record KeyReference(String id, String reference) {
    private static final Pattern FORM = Pattern.compile("([^=]*)=([a-z][a-z0-9-]*:.+)", Pattern.DOTALL);

    /** @throws ParameterException if that is none; what was found is not shown, since it may be the key itself */
    static KeyReference of(String option, String text, CommandSpec command) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || !KeyRing.isKeyId(parts.group(1))) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s: expected ID=REFERENCE, such as 2026-11=file:/etc/shop/audit.key, with an id of letters and digits of ASCII, dots, hyphens and underscores, found something else"
                            .formatted(option));
        }
        return new KeyReference(parts.group(1), parts.group(2));
    }

    /** Whether it is in a PKCS#12 store, which a secret opens. */
    boolean isStore() {
        return reference.startsWith("pkcs12:");
    }
}
