package dev.affidavit.cli;

import dev.affidavit.encryption.KeyRing;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.VersionLine;
import dev.affidavit.verify.LogProver;
import dev.affidavit.verify.NoProofException;
import dev.affidavit.verify.ProvenLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a proof that one line is in a log, which can be checked without the log. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description =
                "Makes a proof that one line is in a log: a C2SP tlog-proof, which can be checked without the log.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT,
            Program.FAILED + ":it failed, or there is no proof; the message says why",
            Program.WRONG_TEXT
        })
final class ProveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Of the log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Which which;

    @Option(
            names = "--line-file",
            paramLabel = "FILE",
            description = "Write the line too, as it is stored, into this file, which is made for this user alone.")
    private @Nullable Path lineFile;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private DecryptionKeys decryption;

    /** For {@link Main}. */
    ProveCommand() {}

    /** One of them is given. */
    static final class Which {
        @Option(names = "--event", paramLabel = "ID", description = "The line of the event with this id.")
        private @Nullable String event;

        @Option(names = "--line", paramLabel = "N", description = "The line with this number, counted from 0.")
        private @Nullable Long line;
    }

    @Override
    public Integer call() throws IOException {
        KeyRing ring = decryption.given();
        ProvenLine proven = prove(ring);
        if (lineFile != null) {
            try (LineSink file = LineSink.of(lineFile, spec.commandLine().getOut())) {
                file.write(proven.line());
            }
        }
        spec.commandLine().getOut().print(proven.proof());
        return Program.DONE;
    }

    private ProvenLine prove(@Nullable KeyRing ring) throws IOException {
        try (OpenedLines opened = OpenedLines.of(directory, ring);
                Progress progress = Progress.on(spec.commandLine().getErr())) {
            LogProver prover = LogProver.of(directory)
                    .opening(opened)
                    .telling((done, all) -> progress.show(
                            "proving: %s of at most %s".formatted(Quantity.bytes(done), Quantity.bytes(all))));
            try {
                return which.line == null ? prover.ofEvent(String.valueOf(which.event)) : prover.ofLine(which.line);
            } catch (NoProofException e) {
                String problem = opened.problem();
                throw new IOException(
                        "no proof: "
                                + e.getMessage()
                                + (problem == null
                                        ? ""
                                        : ". But %s. Give the keys with %s".formatted(problem, DecryptionKeys.OPTION)),
                        e);
            }
        }
    }
}
