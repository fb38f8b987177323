package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.Terminal;
import dev.affidavit.forward.agent.VersionLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what the directory of a log holds and how it fares. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Tells what a log holds and how it fares: files, events, forwarders, legal holds, mishaps, disk."
                + " Neither needs the application nor disturbs it, and changes nothing.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT + ", whatever it tells",
            Program.FAILED_TEXT + "; what could be told was",
            Program.WRONG_TEXT
        })
final class StatsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Of the log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    @Option(names = "--json", description = "One JSON object; docs/cli.md lists its fields.")
    private boolean json;

    @Option(names = "--lines", description = "Count the lines too, for which all files are read.")
    private boolean lines;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DecryptionKeys decryption;

    /** For {@link Main}. */
    StatsCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        KeyRing ring = decryption.given();
        LogStats stats;
        try (Progress progress = Progress.on(err)) {
            stats = Survey.of(
                    directory,
                    Instant.now(),
                    lines ? bytes -> progress.show("counting lines: %s read".formatted(Quantity.bytes(bytes))) : null,
                    ring);
        }
        if (json) {
            out.println(Json.of(stats));
        } else {
            StatsText.of(stats).forEach(line -> out.println(Terminal.oneLine(line)));
        }
        stats.problems().forEach(problem -> err.println(Terminal.oneLine(problem)));
        return stats.problems().isEmpty() ? Program.DONE : Program.FAILED;
    }
}
