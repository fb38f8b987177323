package dev.affidavit.cli;

import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.store.LogKeys;
import dev.affidavit.store.SealOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The public keys of a log: what has to be kept off its host. Never a secret one. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description =
                "Tells the public keys that a log is sealed with, or makes its keys, or a new one to encrypt it with. Never"
                        + " shows a secret one.",
        synopsisSubcommandLabel = "(show | create | export | rotate)",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {Program.DONE_TEXT, Program.FAILED_TEXT, Program.WRONG_TEXT})
final class KeysCommands {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For {@link Main}. */
    KeysCommands() {}

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description = "The name of the log, its log key and the key of its epoch 1, with their ids.")
    int show(@Parameters(paramLabel = "DIRECTORY", description = "Of the log.") Path directory) {
        show(LogKeys.of(directory));
        return Program.DONE;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description =
                    "Makes the keys of a log that does not exist yet, and shows the public ones: to be kept off its"
                            + " host before the first event. The application takes them up at its first start.")
    int create(
            @Parameters(paramLabel = "DIRECTORY", description = "Of the log to be; made if it is missing.")
                    Path directory,
            @Option(
                            names = "--origin",
                            paramLabel = "ORIGIN",
                            required = true,
                            description = "What the name of the log begins with: the origin of AuditSeal in the"
                                    + " application's configuration.")
                    String origin) {
        if (!SealOptions.isOrigin(origin)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--origin: expected 1 to 120 printable ASCII characters without spaces and plus, found '%s'"
                            .formatted(Terminal.oneLine(origin)));
        }
        show(LogKeys.create(directory, origin));
        return Program.DONE;
    }

    private void show(LogKeys keys) {
        Columns lines = new Columns();
        lines.add("log", keys.logKey().name());
        lines.add("log key", id(keys.logKey()), keys.logKey().toString());
        lines.add(
                "key of epoch 1", id(keys.firstEpochKey()), keys.firstEpochKey().toString());
        print(lines.lines());
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description = "The same two keys as a file for verify --key, to be kept off the host of the log.")
    int export(@Parameters(paramLabel = "DIRECTORY", description = "Of the log.") Path directory) {
        LogKeys keys = LogKeys.of(directory);
        print(List.of(
                "# Public keys of the audit log " + keys.logKey().name()
                        + ": its log key and the key of its epoch 1. Keep them off its host, for verify --key.",
                keys.logKey().toString(),
                keys.firstEpochKey().toString()));
        return Program.DONE;
    }

    private static String id(VerifierKey key) {
        return "id %08x".formatted(key.id());
    }

    private void print(List<String> lines) {
        lines.forEach(line -> spec.commandLine().getOut().println(Terminal.oneLine(line)));
    }
}
