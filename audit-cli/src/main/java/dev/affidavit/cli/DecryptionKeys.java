package dev.affidavit.cli;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.config.Secret;
import dev.affidavit.encryption.EncryptionKeyException;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.KeySources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The keys of encrypted lines as a command is given them: by reference, never themselves. */
final class DecryptionKeys {
    static final String OPTION = "--decryption-key";
    private static final String SECRET = "--decryption-secret";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = OPTION,
            paramLabel = "ID=REFERENCE",
            description =
                    "A key of encrypted lines: its id, and env:NAME, file:PATH, sys:NAME, pkcs12:PATH or that of a"
                            + " provider, as in AuditEncryption. May be given several times.")
    private final List<String> keys = new ArrayList<>();

    @Option(
            names = SECRET,
            paramLabel = "REFERENCE",
            description = "What opens a PKCS#12 store, or what a provider needs: env:NAME, file:PATH or sys:NAME.")
    private @Nullable String secret;

    /** For picocli. */
    DecryptionKeys() {}

    /**
     * The keys; null if none is given.
     *
     * @throws ParameterException if one cannot be had
     */
    @Nullable
    KeyRing given() {
        if (keys.isEmpty()) {
            if (secret != null) {
                throw wrong("%s: expected %s too, found none".formatted(SECRET, OPTION));
            }
            return null;
        }
        Secret opening = secret == null ? null : secret(SECRET, secret, spec);
        KeySources sources = KeySources.system();
        Map<String, KeyEncryptionKey> opened = new LinkedHashMap<>();
        for (String text : keys) {
            KeyReference key = KeyReference.of(OPTION, text, spec);
            try {
                if (opened.put(key.id(), sources.open(key.id(), key.reference(), opening)) != null) {
                    throw wrong("%s: expected each id once, found %s again".formatted(OPTION, key.id()));
                }
            } catch (EncryptionKeyException e) {
                throw wrong("%s: %s".formatted(OPTION, e.getMessage()));
            }
        }
        return KeyRing.of(opened.keySet().iterator().next(), opened); // which of them encrypts is of no matter here
    }

    /** The same for a command that is nothing without. */
    KeyRing required() {
        KeyRing ring = given();
        if (ring == null) {
            throw wrong("%s: expected the key of the encrypted lines, ID=REFERENCE, found none".formatted(OPTION));
        }
        return ring;
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /**
     * A secret as configurations refer to it.
     *
     * @throws ParameterException if it cannot be had
     */
    static Secret secret(String option, String reference, CommandSpec command) {
        Problems problems = new Problems();
        ConfigNode node = new ConfigNode(command.name(), Map.of(option, reference), List.of());
        Secret read = new Options(node, "", problems).secret(option);
        if (read == null) {
            throw new ParameterException(command.commandLine(), String.join("; ", problems.all()));
        }
        return read;
    }
}
