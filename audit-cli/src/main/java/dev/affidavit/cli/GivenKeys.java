package dev.affidavit.cli;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.verify.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The values of {@code --key} and {@code --witness}: public keys, each as a text or in a file. */
final class GivenKeys {
    /** For {@code description} of the option. */
    static final String DESCRIPTION =
            "A public key that was kept off the host, name+id+key, or a file with one in each line, as keys export"
                    + " writes it. May be given several times.";

    private static final Pattern KEY = Pattern.compile("[^+]+\\+[0-9a-f]{8}\\+.+");
    private static final long MAX_FILE_BYTES = 1024 * 1024;

    private GivenKeys() {}

    /** @throws ParameterException if a value is neither */
    static Pins of(List<String> values, CommandSpec command) {
        List<VerifierKey> keys = new ArrayList<>();
        for (String value : values) {
            try {
                keys.addAll(Pins.parse(KEY.matcher(value).matches() ? value : text(value))
                        .keys());
            } catch (MalformedSealException | IOException e) {
                throw new ParameterException(command.commandLine(), "--key %s: %s".formatted(value, e.getMessage()), e);
            }
        }
        return new Pins(keys);
    }

    /**
     * The same of witnesses.
     *
     * @throws ParameterException if a value is no key of a witness, nor a file of such keys
     */
    static List<WitnessKey> witnesses(List<String> values, CommandSpec command) {
        Set<WitnessKey> keys = new LinkedHashSet<>();
        for (String value : values) {
            try {
                String text = KEY.matcher(value).matches() ? value : text(value);
                for (String line : text.lines().map(String::strip).toList()) {
                    if (!line.isEmpty() && !line.startsWith("#")) {
                        keys.add(WitnessKey.parse(line));
                    }
                }
            } catch (MalformedSealException | IOException e) {
                throw new ParameterException(
                        command.commandLine(), "--witness %s: %s".formatted(value, e.getMessage()), e);
            }
        }
        return List.copyOf(keys);
    }

    private static String text(String file) throws IOException {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw new IOException("expected a public key, name+id+key, or a file of such lines, found neither");
            }
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new IOException("expected a file of public keys, found %d bytes".formatted(Files.size(path)));
            }
            return Files.readString(path);
        } catch (InvalidPathException e) {
            throw new IOException("expected a public key or a file: " + e.getMessage(), e);
        }
    }
}
