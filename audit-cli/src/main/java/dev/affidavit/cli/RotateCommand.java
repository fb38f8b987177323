package dev.affidavit.cli;

import dev.affidavit.config.Secret;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the next key that encrypts a log, and says what its configuration has to have from then on. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Makes a random key of 256 bits that is to encrypt a log from now on, in a new file for this user"
                + " alone, and shows what to change in the application's configuration. Changes nothing there itself,"
                + " and never shows the key.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {Program.DONE_TEXT, Program.FAILED_TEXT, Program.WRONG_TEXT})
final class RotateCommand implements Callable<Integer> {
    private static final String OLD = "--old-key";
    private static final String SECRET = "--secret";
    private static final Map<String, NewKey.Form> FORMS = forms();

    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file for the key, to be made.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "hex",
            description = "hex: 64 hexadecimal digits, as if the option is missing; jwk: a JSON Web Key; pkcs12: a"
                    + " PKCS#12 store with the id as alias.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String form;

    @Option(
            names = SECRET,
            paramLabel = "REFERENCE",
            description = "What is to open the PKCS#12 store: env:NAME, file:PATH or sys:NAME.")
    private @Nullable String secret;

    @Option(
            names = "--key-id",
            paramLabel = "ID",
            description = "The id of the new key; without the option year and month, such as 2026-11, and a number if"
                    + " an old key has that.")
    private @Nullable String keyId;

    @Option(
            names = OLD,
            paramLabel = "ID=REFERENCE",
            description = "A key that the configuration has now, the one of AuditEncryption first: it is shown where it"
                    + " belongs then, and not read. May be given several times.")
    private final List<String> old = new ArrayList<>();

    /** For {@link Main}. */
    RotateCommand(Clock clock) {
        this.clock = clock;
    }

    private static Map<String, NewKey.Form> forms() {
        Map<String, NewKey.Form> forms = new LinkedHashMap<>();
        for (NewKey.Form one : NewKey.Form.values()) {
            forms.put(one.name().toLowerCase(Locale.ROOT), one);
        }
        return forms;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, KeyReference> before = new LinkedHashMap<>();
        for (String text : old) {
            KeyReference key = KeyReference.of(OLD, text, spec);
            if (before.put(key.id(), key) != null) {
                throw wrong("%s: expected each id once, found %s again".formatted(OLD, key.id()));
            }
        }
        NewKey.Form chosen = form();
        String id = id(before.keySet());
        NewKey made = NewKey.create(id, out, chosen, secret == null ? null : opening(secret));
        tell(new KeyElements(made, secret, List.copyOf(before.values())));
        return Program.DONE;
    }

    private NewKey.Form form() {
        NewKey.Form chosen = FORMS.get(form);
        if (chosen == null) {
            throw wrong("--form: expected one of %s, found '%s'".formatted(String.join(", ", FORMS.keySet()), form));
        }
        if ((chosen == NewKey.Form.PKCS12) != (secret != null)) {
            throw wrong("%s: expected for --form pkcs12, and for that alone".formatted(SECRET));
        }
        return chosen;
    }

    private Secret opening(String reference) {
        return DecryptionKeys.secret(SECRET, reference, spec);
    }

    private String id(Set<String> taken) {
        if (keyId != null) {
            if (!KeyRing.isKeyId(keyId) || taken.contains(keyId)) {
                throw wrong("--key-id: expected 1 to 64 letters and digits of ASCII, dots, hyphens and underscores, and"
                        + " another id than the old keys have");
            }
            return keyId;
        }
        String month = YearMonth.now(clock.withZone(ZoneOffset.UTC)).toString();
        String id = month;
        for (int number = 2; taken.contains(id); number++) {
            id = month + "-" + number;
        }
        return id;
    }

    private void tell(KeyElements elements) {
        print("Made the key %s, in %s. Nobody reads what it encrypts without it: keep a copy of it away from the log."
                .formatted(elements.current().id(), out.toAbsolutePath()));
        print(
                "Let the application, which must be able to read that file, have this for its AuditEncryption. In Log4j:");
        print("");
        elements.log4j().forEach(this::print);
        print("");
        print("In Logback:");
        print("");
        elements.logback().forEach(this::print);
        print("");
        if (elements.old().isEmpty()) {
            print(
                    "If it has an AuditEncryption now, let its key stay: as an AuditOldKey (in Logback auditOldKey) in the"
                            + " new one, with the same keyId, key and secret, and so the AuditOldKeys that it has.");
        } else {
            print("Let old keys stay for as long as anybody is to read what they encrypted.");
        }
        print("It is in force when the configuration is read again; nothing has to be restarted.");
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(Terminal.oneLine(line));
    }
}
